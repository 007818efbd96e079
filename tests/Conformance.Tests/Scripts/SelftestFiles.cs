using HmmSim.Conformance.Scripts;

namespace HmmSim.Conformance.Tests.Scripts;

/// <summary>The files of scenarios/selftests.</summary>
internal static class SelftestFiles
{
    private static readonly string Folder = Path.Combine(Repository.Root, "scenarios", "selftests");

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static ScriptScenario Load(string file) => ScriptLoader.Load(Path.Combine(Folder, file));
}
