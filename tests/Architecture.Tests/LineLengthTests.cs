using System.Text.RegularExpressions;

namespace HmmSim.Architecture.Tests;

/// <summary>No line of C# is too long to be read; only text in a raw string literal of several lines may be as wide as it needs.</summary>
public sealed partial class LineLengthTests
{
    private const int MaxLineLength = 160;
    private const string Quotes = "\"\"\"";

    private static readonly string Long = new('x', MaxLineLength + 1);

    [Fact]
    public void A_line_has_at_most_160_columns() =>
        DocumentsRepository.Report(
            from file in SourceTree.SourceFiles("src", "tests", "docs")
            from line in TooLong(file.Lines)
            select $"{file.Path}:{line.Number} has {line.Length} columns: break it");

    [Fact]
    public void Only_text_in_a_raw_string_literal_of_several_lines_may_be_longer()
    {
        Assert.Equal([(2, MaxLineLength + 1)], TooLong([Long[1..], Long]));
        Assert.Equal([1, 4, 6, 8, 9], NumbersOf(
            $"{Quotes}{Long}{Quotes}",
            $"string text = {Quotes}",
            Long,
            $"    {Quotes} + {Long}",
            $"Call($${Quotes}\"",
            $"    {Quotes}\", {Long}, {Quotes}",
            $"{Quotes[1..]}{Long}",
            $"    {Quotes}, {Long}",
            Long));
    }

    [Fact]
    public void The_editor_knows_the_same_limit() =>
        Assert.Contains($"max_line_length = {MaxLineLength}", File.ReadAllLines(Path.Combine(SourceTree.Root, ".editorconfig")));

    private static IEnumerable<int> NumbersOf(params string[] lines) => TooLong(lines).Select(line => line.Number);

    private static IEnumerable<(int Number, int Length)> TooLong(string[] lines)
    {
        string? end = null; // the quotes that end the raw string literal that the line is in
        for (int i = 0; i < lines.Length; i++)
        {
            string code = lines[i];
            if (end is not null)
            {
                code = code.TrimStart();
                if (!code.StartsWith(end, StringComparison.Ordinal))
                {
                    continue;
                }

                code = code[end.Length..];
            }

            if (lines[i].Length > MaxLineLength)
            {
                yield return (i + 1, lines[i].Length);
            }

            // Quotes that are opened and not closed have the text on the lines below.
            MatchCollection quotes = RawQuotes().Matches(code);
            end = quotes.Count % 2 == 0 ? null : quotes[^1].Value;
        }
    }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuotes();
}
