using System.Text;

namespace HmmSim.Protocol.Tests.Tables;

/// <summary>A table of aligned text, <c>| a | b |</c>: the form in which the tests write down state tables and single steps.</summary>
public static class TextTable
{
    /// <summary>The cells of each row, without the header.</summary>
    public static IReadOnlyList<string[]> Parse(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Cells).Skip(1)];

    /// <summary>The rows with every column as wide as its widest cell; the first row is the header.</summary>
    public static string Format(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// Works out the last <paramref name="answers"/> columns of each row from the others and compares the whole text, so that a
    /// failure shows the table as it should be.
    /// </summary>
    public static void Verify(string expected, int answers, Func<string[], string[]> work)
    {
        string[] header = Cells(expected.Split('\n', StringSplitOptions.RemoveEmptyEntries)[0].Trim());
        List<string[]> actual = [header];
        foreach (string[] row in Parse(expected))
        {
            string[] given = row[..^answers];
            actual.Add([.. given, .. work(given)]);
        }

        string differing = string.Concat(Parse(expected).Zip(actual.Skip(1)).Where(pair => !pair.First.SequenceEqual(pair.Second))
            .Select(pair => $"\nexpected {Format([pair.First])}actual   {Format([pair.Second])}"));
        Assert.True(differing.Length == 0, $"{differing}\nthe whole table as it is:\n{Format(actual)}");
    }

    private static string[] Cells(string row) => [.. row.Trim('|').Split('|').Select(cell => cell.Trim())];
}
