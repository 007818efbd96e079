using System.Runtime.CompilerServices;

namespace HmmSim.Nodes.Tests.Scenarios;

/// <summary>Compares a text with a checked-in file. <c>UPDATE_GOLDEN=1</c> rewrites the file instead; review the difference then.</summary>
internal static class GoldenFile
{
    /// <summary>Checks <paramref name="actual"/> against the file at <paramref name="path"/>, relative to the repository root.</summary>
    public static void Check(string path, string actual)
    {
        string file = Path.Combine(RepositoryRoot(), path);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        Assert.True(File.Exists(file), $"{path} is missing; run the test with UPDATE_GOLDEN=1 to write it");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    /// <summary>The folder of the solution, found from the place of this source file.</summary>
    public static string RepositoryRoot([CallerFilePath] string here = "")
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cluster.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"no Cluster.sln above {AppContext.BaseDirectory} ({here})");
        }

        return folder;
    }
}
