namespace HmmSim.Tests.Shared;

/// <summary>A checked-in file that a test compares; with <c>UPDATE_GOLDEN=1</c> in the environment it is written anew instead.</summary>
internal static class GoldenFile
{
    /// <summary>Compares the file at <paramref name="path"/> (from the root of the repository) with <paramref name="actual"/>.</summary>
    public static void Verify(string path, string actual)
    {
        string file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        Assert.True(File.Exists(file), $"{path} is missing: run once with UPDATE_GOLDEN=1");
        string expected = File.ReadAllText(file).ReplaceLineEndings("\n");
        Assert.True(expected == actual, $"{path} differs in line {FirstDifference(expected, actual)}: if the change is meant, run once with UPDATE_GOLDEN=1");
    }

    private static string FirstDifference(string expected, string actual)
    {
        string[] old = expected.Split('\n');
        string[] now = actual.Split('\n');
        int line = 0;
        while (line < old.Length && line < now.Length && old[line] == now[line])
        {
            line++;
        }

        return $"{line + 1}: '{(line < old.Length ? old[line] : "")}' is now '{(line < now.Length ? now[line] : "")}'";
    }
}
