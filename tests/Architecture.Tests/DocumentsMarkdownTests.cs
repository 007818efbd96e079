using System.Text.RegularExpressions;

namespace HmmSim.Architecture.Tests;

/// <summary>Every Markdown file: its links lead somewhere, its headings can be linked to, its lines end where they seem to.</summary>
public sealed partial class DocumentsMarkdownTests
{
    [Fact]
    public void There_are_documents_to_check() => Assert.Contains("README.md", DocumentsRepository.MarkdownFiles);

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_every_anchor_to_a_heading() =>
        DocumentsRepository.Report(DocumentsRepository.MarkdownFiles.SelectMany(BrokenLinks));

    [Fact]
    public void No_line_ends_with_white_space() => DocumentsRepository.Report(
        from file in DocumentsRepository.MarkdownFiles
        from line in DocumentsRepository.Lines(file).Select((text, index) => (text, Number: index + 1))
        where line.text.Length > 0 && char.IsWhiteSpace(line.text[^1])
        select $"{file}:{line.Number} ends with white space");

    [Fact]
    public void A_file_begins_with_its_only_title() => DocumentsRepository.Report(
        from file in DocumentsRepository.MarkdownFiles
        let titles = Headings(file).Where(heading => heading.Level == 1).ToList()
        where titles.Count != 1 || !DocumentsRepository.Lines(file)[0].StartsWith("# ", StringComparison.Ordinal)
        select $"{file} has {titles.Count} titles; expected one, in its first line");

    [Fact]
    public void A_heading_stands_once_below_the_same_heading() => DocumentsRepository.Report(
        DocumentsRepository.MarkdownFiles.SelectMany(file => HeadingPaths(file)
            .GroupBy(path => path, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => $"{file}: {group.Key} stands {group.Count()} times")));

    [Theory]
    [InlineData("What is modelled, and what not", "what-is-modelled-and-what-not")]
    [InlineData("preset `gtx1080ti`", "preset-gtx1080ti")]
    [InlineData("CPU memory: `CpuMemory.Collect.cs`", "cpu-memory-cpumemorycollectcs")]
    public void Anchors_are_made_as_the_usual_viewers_make_them(string heading, string anchor) => Assert.Equal(anchor, AnchorOf(heading));

    private static IEnumerable<string> BrokenLinks(string file)
    {
        foreach ((int number, string text) in DocumentsRepository.Prose(file))
        {
            foreach (Match match in Link().Matches(InlineCode().Replace(text, string.Empty)))
            {
                string target = match.Groups["target"].Value;
                if (!Scheme().IsMatch(target) && Problem(file, target) is { } problem)
                {
                    yield return $"{file}:{number} links to {target}: {problem}";
                }
            }
        }
    }

    private static string? Problem(string file, string target)
    {
        string[] parts = target.Split('#', 2);
        string linked = parts[0].Length == 0 ? file : Path.Combine(Path.GetDirectoryName(file)!, parts[0]);
        string path = Path.GetFullPath(Path.Combine(DocumentsRepository.Root, linked));
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return "no such file or folder";
        }

        string relative = Path.GetRelativePath(DocumentsRepository.Root, path).Replace('\\', '/');
        return parts.Length == 1 || !relative.EndsWith(".md", StringComparison.Ordinal)
            || Headings(relative).Any(heading => AnchorOf(heading.Text) == parts[1])
                ? null
                : "no such heading";
    }

    private static IEnumerable<(int Level, string Text)> Headings(string file) => DocumentsRepository.Prose(file)
        .Select(line => Heading().Match(line.Text))
        .Where(match => match.Success)
        .Select(match => (match.Groups["marks"].Length, match.Groups["text"].Value));

    private static IEnumerable<string> HeadingPaths(string file)
    {
        var open = new List<string>();
        foreach ((int level, string text) in Headings(file))
        {
            open.RemoveRange(Math.Min(level - 1, open.Count), Math.Max(0, open.Count - level + 1));
            open.Add(text);
            yield return string.Join(" > ", open);
        }
    }

    private static string AnchorOf(string heading) =>
        string.Concat(heading.Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '-').ToLowerInvariant();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex Scheme();

    [GeneratedRegex("^(?<marks>#{1,6}) (?<text>.+)$")]
    private static partial Regex Heading();
}
