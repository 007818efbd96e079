using System.Text.RegularExpressions;

namespace HmmSim.Architecture.Tests;

/// <summary>Rules about the text of the sources; each failure says which file and what to do.</summary>
public sealed partial class TidyTests
{
    private const int MaxFileLines = 400;

    [Fact]
    public void A_file_declares_at_most_one_public_top_level_type() =>
        Report(
            from file in SourceTree.SourceFiles("src")
            let types = file.Lines.Select(line => PublicType().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value).ToArray()
            where types.Length > 1
            select $"{file.Path} declares {string.Join(", ", types)}: give each its own file");

    [Fact]
    public void A_file_is_named_after_its_public_type() =>
        Report(
            from file in SourceTree.SourceFiles("src")
            from name in file.Lines.Select(line => PublicType().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value)
            where Path.GetFileName(file.Path).Count(character => character == '.') == 1 && Path.GetFileNameWithoutExtension(file.Path) != name
            select $"{file.Path} declares {name}: rename the file or the type");

    [Fact]
    public void A_file_has_fewer_than_400_lines() =>
        Report(
            from file in SourceTree.SourceFiles("src")
            where file.Lines.Length >= MaxFileLines && !file.Path.EndsWith("Table.cs", StringComparison.Ordinal)
            select $"{file.Path} has {file.Lines.Length} lines: split it by reason to change");

    [Fact]
    public void Nothing_is_left_to_do() =>
        Report(
            from file in SourceTree.SourceFiles("src", "tests")
            from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
            where LeftOver().IsMatch(line.Text)
            select $"{file.Path}:{line.Number} {line.Text.Trim()}: do it, or record it as an issue");

    [Fact]
    public void Every_project_has_tests() =>
        Assert.All(
            SourceTree.Projects,
            project => Assert.True(
                Directory.Exists(Path.Combine(SourceTree.Root, "tests", $"{project}.Tests")), $"src/{project} has no tests/{project}.Tests"));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(SourceTree.Root, "Cluster.sln"));
        string[] missing =
        [
            .. Directory.EnumerateFiles(SourceTree.Root, "*.csproj", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(SourceTree.Root, file))
                .Where(file => file.StartsWith("src", StringComparison.Ordinal) || file.StartsWith("tests", StringComparison.Ordinal))
                .Where(file => !solution.Contains(file.Replace('/', '\\'), StringComparison.Ordinal)),
        ];
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("public sealed partial class Foo", "Foo")]
    [InlineData("public readonly record struct Bar(ulong Raw)", "Bar")]
    [InlineData("public sealed record Baz", "Baz")]
    [InlineData("public enum Kind : byte", "Kind")]
    [InlineData("public interface IThing", "IThing")]
    [InlineData("    public sealed class Nested", null)]
    [InlineData("internal sealed class Hidden", null)]
    public void A_top_level_declaration_is_recognised(string line, string? name)
    {
        Match match = PublicType().Match(line);
        Assert.Equal(name, match.Success ? match.Groups["name"].Value : null);
    }

    private static void Report(IEnumerable<string> offences) => Assert.Equal([], offences.ToArray());

    [GeneratedRegex(
        @"^public (?:(?:static|sealed|abstract|partial|readonly|ref|unsafe) )*(?:class|struct|interface|enum|record struct|record class|record) (?<name>\w+)")]
    private static partial Regex PublicType();

    // Written apart, so that this file does not offend against its own rule.
    [GeneratedRegex(@"\bTO" + @"DO\b|\bFIX" + @"ME\b|\bHA" + @"CK\b|NotImplemented" + @"Exception")]
    private static partial Regex LeftOver();
}
