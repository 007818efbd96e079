namespace HmmSim.Architecture.Tests;

/// <summary>The files of the project.</summary>
internal static class SourceTree
{
    public static string Root => Repository.Root;

    /// <summary>Names of the folders under <c>src</c> that hold a project.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Where(HasProject).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>All C# files under a folder of the root, as (path from the root, lines).</summary>
    public static IEnumerable<(string Path, string[] Lines)> SourceFiles(params string[] folders) =>
        folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => (Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllLines(file)))
            .Where(file => !file.Item1.Contains("/obj/", StringComparison.Ordinal) && !file.Item1.Contains("/bin/", StringComparison.Ordinal));

    public static string ProjectFile(string name) => Path.Combine(Root, "src", name, $"{name}.csproj");

    private static bool HasProject(string folder) => Directory.EnumerateFiles(folder, "*.csproj").Any();
}
