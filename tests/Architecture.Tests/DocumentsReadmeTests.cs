using System.Text.RegularExpressions;

namespace HmmSim.Architecture.Tests;

/// <summary>What README.md promises: its two commands are those that .ci/run uses, and its tree is the tree.</summary>
public sealed partial class DocumentsReadmeTests
{
    private const string Readme = "README.md";

    [Fact]
    public void Its_two_commands_are_the_ones_of_the_check_script()
    {
        string[] commands =
        [
            .. DocumentsRepository.Blocks(Readme).Where(block => block.Language == "sh").SelectMany(block => block.Lines)
                .Where(line => line.StartsWith("dotnet run ", StringComparison.Ordinal) || line.StartsWith("dotnet test ", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal),
        ];
        string[] used =
        [
            .. DocumentsRepository.Lines(".ci/run")
                .Select(line => ScriptCommand().Match(line))
                .Where(match => match.Success)
                .Select(match => match.Groups["command"].Value),
        ];
        Assert.Equal(2, commands.Length);
        Assert.Equal(commands.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_path_of_its_tree_exists() => DocumentsRepository.Report(
        from path in TreePaths()
        let full = Path.Combine(DocumentsRepository.Root, path)
        where path.EndsWith('/') ? !Directory.Exists(full) : !File.Exists(full)
        select $"{path} is in the tree of {Readme}, but not in the repository");

    [Fact]
    public void Every_folder_of_the_source_is_in_its_tree()
    {
        string[] projects = [.. DocumentsRepository.Folders("src"), .. DocumentsRepository.Folders("tests")];
        string[] rooms = [.. DocumentsRepository.Folders("src").SelectMany(DocumentsRepository.Folders)];
        DocumentsRepository.Report(projects.Concat(rooms).Select(folder => folder + "/").Except(TreePaths(), StringComparer.Ordinal)
            .Select(folder => $"{folder} is in the repository, but not in the tree of {Readme}: add a line"));
    }

    [Fact]
    public void Every_line_of_its_tree_says_what_is_there() => Assert.DoesNotContain(TreeLines(), line => line.Meaning.Length == 0);

    private static IReadOnlyList<string> TreePaths() => [.. TreeLines().Select(line => line.Path)];

    // The block whose language is "tree": two spaces for each level, a name, at least two spaces, a meaning.
    private static List<(string Path, string Meaning)> TreeLines()
    {
        IReadOnlyList<string> lines = Assert.Single(DocumentsRepository.Blocks(Readme), block => block.Language == "tree").Lines;
        var open = new List<string>();
        var tree = new List<(string Path, string Meaning)>();
        foreach (string line in lines)
        {
            Match match = TreeLine().Match(line);
            Assert.True(match.Success, $"{Readme}: '{line}' is no line of a tree");
            int level = match.Groups["indent"].Length / 2;
            open.RemoveRange(level, open.Count - level);
            open.Add(match.Groups["name"].Value);
            tree.Add((string.Concat(open), match.Groups["meaning"].Value));
        }

        return tree;
    }

    [GeneratedRegex(@"^(?<command>dotnet (run|test) .*?)( >""\$summary"")?( \|\| status=1)?$")]
    private static partial Regex ScriptCommand();

    [GeneratedRegex(@"^(?<indent>(  )*)(?<name>[^ ]+)( {2,}(?<meaning>.*))?$")]
    private static partial Regex TreeLine();
}
