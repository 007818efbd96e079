using System.Reflection;

namespace HmmSim.Architecture.Tests;

/// <summary>The protocol is pure: no thread, no task, no clock, no file in any signature or field; and the compiler refuses them inside.</summary>
public sealed class ProtocolPurityTests
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] ForbiddenNamespaces = ["System.Threading", "System.IO", "System.Net", "System.Timers"];

    private static readonly Type[] ForbiddenTypes =
        [typeof(DateTime), typeof(DateTimeOffset), typeof(TimeProvider), typeof(Random), typeof(System.Diagnostics.Stopwatch)];

    [Fact]
    public void No_signature_and_no_field_uses_threads_clock_chance_or_files()
    {
        Assembly protocol = typeof(HmmSim.Protocol.CpuMemory).Assembly;
        string[] offenders =
        [
            .. from type in protocol.GetTypes()
               from member in type.GetMembers(Everything)
               from used in TypesOf(member).SelectMany(Parts)
               where IsForbidden(used)
               select $"{type.FullName}.{member.Name} uses {used.FullName}",
        ];
        Assert.Empty(offenders);
    }

    [Fact]
    public void The_check_sees_through_arrays_and_type_arguments() =>
        Assert.Contains(Parts(typeof(Dictionary<int, Task<int>[]>)), IsForbidden);

    [Theory]
    [InlineData("T:System.DateTime")]
    [InlineData("T:System.DateTimeOffset")]
    [InlineData("T:System.TimeProvider")]
    [InlineData("T:System.Diagnostics.Stopwatch")]
    [InlineData("P:System.Environment.TickCount")]
    [InlineData("P:System.Environment.TickCount64")]
    [InlineData("T:System.Random")]
    [InlineData("M:System.Guid.NewGuid")]
    [InlineData("T:System.HashCode")]
    [InlineData("T:System.Threading.Thread")]
    [InlineData("T:System.Threading.Monitor")]
    [InlineData("T:System.Threading.Interlocked")]
    [InlineData("T:System.Threading.Tasks.Task")]
    [InlineData("T:System.Threading.Tasks.Task`1")]
    [InlineData("T:System.IO.File")]
    [InlineData("T:System.Console")]
    public void The_compiler_refuses(string symbol)
    {
        string line = Assert.Single(BannedLines(), line => line.StartsWith($"{symbol};", StringComparison.Ordinal));
        Assert.True(line.Length > symbol.Length + 10, $"{symbol} is banned without saying what to use instead");
    }

    [Fact]
    public void Every_banned_symbol_exists_so_that_no_line_is_a_misspelling()
    {
        foreach (string id in BannedLines().Select(line => line.Split(';')[0]))
        {
            string name = id[2..];
            string typeName = id[0] == 'T' ? name : name[..name.LastIndexOf('.')];
            Type? type = AppDomain.CurrentDomain.GetAssemblies()
                .Append(typeof(Console).Assembly)
                .Select(assembly => assembly.GetType(typeName))
                .FirstOrDefault(found => found is not null);
            Assert.True(type is not null, $"{id}: no such type");
            Assert.True(id[0] == 'T' || type.GetMember(name[(name.LastIndexOf('.') + 1)..]).Length > 0, $"{id}: no such member");
        }
    }

    [Fact]
    public void The_list_is_given_to_the_analyzer_and_nobody_switches_it_off()
    {
        Assert.Contains("<AdditionalFiles Include=\"BannedSymbols.txt\" />", File.ReadAllText(SourceTree.ProjectFile("Protocol")), StringComparison.Ordinal);
        foreach (string settings in new[] { ".editorconfig", "Directory.Build.props", "src/Protocol/Protocol.csproj" })
        {
            Assert.DoesNotContain("RS0030", File.ReadAllText(Path.Combine(SourceTree.Root, settings)), StringComparison.Ordinal);
        }

        Assert.All(
            SourceTree.SourceFiles("src/Protocol"),
            file => Assert.DoesNotContain(file.Lines, line => line.Contains("#pragma warning disable", StringComparison.Ordinal)));
    }

    private static string[] BannedLines() =>
        [.. File.ReadAllLines(Path.Combine(SourceTree.Root, "src/Protocol/BannedSymbols.txt")).Where(line => line.Length > 0)];

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        Type nested when nested.BaseType is { } parent => [parent],
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type)
    {
        yield return type;
        IEnumerable<Type> inner = type.HasElementType ? [type.GetElementType()!] : type.IsGenericType ? type.GetGenericArguments() : [];
        foreach (Type part in inner.SelectMany(Parts))
        {
            yield return part;
        }
    }

    private static bool IsForbidden(Type type) =>
        ForbiddenTypes.Contains(type)
        || (type.Namespace is { } space
            && ForbiddenNamespaces.Any(forbidden => space == forbidden || space.StartsWith($"{forbidden}.", StringComparison.Ordinal)));
}
