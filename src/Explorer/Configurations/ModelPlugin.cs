using System.Reflection;

namespace HmmSim.Explorer.Configurations;

/// <summary>Model families from an assembly of a user.</summary>
public static class ModelPlugin
{
    /// <summary>
    /// Loads an assembly and makes one of each public class in it that is an <see cref="IModelFamily"/>, in the order of their
    /// names.
    /// </summary>
    /// <exception cref="InputException">The file is no assembly, or holds no model family.</exception>
    public static IReadOnlyList<IModelFamily> Load(string file)
    {
        try
        {
            Type[] types =
            [
                .. Assembly.LoadFrom(Path.GetFullPath(file)).GetExportedTypes()
                    .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IModelFamily)))
                    .OrderBy(type => type.FullName, StringComparer.Ordinal),
            ];
            return types.Length > 0
                ? [.. types.Select(type => (IModelFamily)Activator.CreateInstance(type)!)]
                : throw Refused(file, "the assembly has no model",
                    $"a public class that implements {typeof(IModelFamily).FullName}");
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            throw Refused(file, $"the assembly cannot be loaded: {exception.Message}",
                "a .NET assembly built against HmmSim.Explorer");
        }
        catch (Exception exception) when (
            exception is ReflectionTypeLoadException or TypeLoadException or MissingMethodException or TargetInvocationException)
        {
            throw Refused(file, $"its model cannot be made: {exception.Message}",
                "a public class with a parameterless constructor, built against this HmmSim.Explorer");
        }
    }

    private static InputException Refused(string file, string problem, string expected) =>
        new(file, new InputProblem(1, 1, InputProblem.Compose(problem, expected)));
}
