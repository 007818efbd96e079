using System.Text.RegularExpressions;

namespace HmmSim.Architecture.Tests;

/// <summary>The written files of the repository. Paths are relative to its root, with forward slashes.</summary>
internal static partial class DocumentsRepository
{
    /// <summary>Folders that hold written documents; the root's own files belong too.</summary>
    private static readonly string[] Rooms = [".ci", "deploy", "docs", "scenarios", "src", "tests"];

    /// <summary>Folder of the solution.</summary>
    public static string Root => SourceTree.Root;

    /// <summary>Every Markdown file.</summary>
    public static IReadOnlyList<string> MarkdownFiles { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*.md")
            .Concat(Rooms.Where(room => Directory.Exists(Path.Combine(Root, room)))
                .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Root, room), "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(IsBuildOutput))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Lines of a file.</summary>
    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>Direct sub-folders of a folder that hold source.</summary>
    public static IEnumerable<string> Folders(string folder) => Directory.EnumerateDirectories(Path.Combine(Root, folder))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !IsBuildOutput(Path.GetFileName(path)) && HoldsFiles(path))
        .Order(StringComparer.Ordinal);

    /// <summary>The lines of each fenced block of a Markdown file, with the block's language.</summary>
    public static IReadOnlyList<(string Language, IReadOnlyList<string> Lines)> Blocks(string file)
    {
        var blocks = new List<(string Language, IReadOnlyList<string> Lines)>();
        List<string>? block = null;
        foreach (string line in Lines(file))
        {
            if (!Fence().IsMatch(line))
            {
                block?.Add(line);
            }
            else if (block is null)
            {
                block = [];
                blocks.Add((line.Trim('`', ' '), block));
            }
            else
            {
                block = null;
            }
        }

        return blocks;
    }

    /// <summary>Lines outside fenced blocks, numbered from 1.</summary>
    public static IEnumerable<(int Number, string Text)> Prose(string file)
    {
        bool inBlock = false;
        int number = 0;
        foreach (string line in Lines(file))
        {
            number++;
            bool isFence = Fence().IsMatch(line);
            if (!inBlock && !isFence)
            {
                yield return (number, line);
            }

            inBlock ^= isFence;
        }
    }

    /// <summary>Fails with every offence in full, one on each line.</summary>
    public static void Report(IEnumerable<string> offences)
    {
        string text = string.Join(Environment.NewLine, offences);
        Assert.True(text.Length == 0, text);
    }

    [GeneratedRegex("^ *```")]
    private static partial Regex Fence();

    private static bool IsBuildOutput(string folder) => folder is "bin" or "obj" or "artifacts" or "results" or "TestResults";

    private static bool HoldsFiles(string folder) => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
        .Any(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(IsBuildOutput));
}
