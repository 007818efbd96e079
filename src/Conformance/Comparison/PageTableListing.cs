using System.Globalization;
using System.Text;
using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Comparison;

/// <summary>
/// The page tables of a listing: for each window a row of pages before, as expected and as it is, in parts that fit the width.
/// </summary>
internal static class PageTableListing
{
    // Each page takes a space and two characters after a label of 22.
    private const int PagesOfPart = 32;
    private const string Cell = "   ";

    private static readonly (string Name, Func<WindowState, string> Text)[] Rows =
    [
        ("pte", state => state.Entries),
        ("S0", state => state.Permissions0),
        ("S1", state => state.Permissions1),
    ];

    public static void Write(StringBuilder text, MismatchDetail detail)
    {
        IEnumerable<(int Process, int Window)> keys = detail.Before.Concat(detail.Expected).Concat(detail.Actual)
            .Select(state => (state.Process, state.Window)).Distinct().Order();
        foreach ((int process, int window) in keys)
        {
            WriteWindow(text, detail, process, window);
        }
    }

    private static void WriteWindow(StringBuilder text, MismatchDetail detail, int process, int window)
    {
        WindowState? before = Find(detail.Before, process, window);
        WindowState? expected = Find(detail.Expected, process, window);
        WindowState? actual = Find(detail.Actual, process, window);
        int pages = new[] { before, expected, actual }.Max(state => state?.PageCount ?? 0);
        for (int begin = 0; begin < pages; begin += PagesOfPart)
        {
            int end = Math.Min(pages, begin + PagesOfPart);
            MismatchListing.Line(text, string.Empty);
            string numbers = string.Concat(Enumerable.Range(begin, end - begin).Select(page =>
                string.Create(CultureInfo.InvariantCulture, $"{page % 100,3}")));
            MismatchListing.Line(text, $"  {$"process {process}, buffer {window}",-20}{numbers}");
            foreach ((string name, Func<WindowState, string> part) in Rows)
            {
                string old = TextOf(before, part);
                string wanted = TextOf(expected, part);
                string got = TextOf(actual, part);
                bool isCompared = detail.Failure is null;
                if (old.Length + wanted.Length + got.Length > 0)
                {
                    WriteRow(text, $"{name} before", old, begin, end);
                    WriteRow(text, $"{name} expected", wanted, begin, end);
                    WriteRow(text, $"{name} actual", got, begin, end);
                    WriteMarks(text, isCompared ? wanted : string.Empty, isCompared ? got : string.Empty, begin, end);
                }
            }
        }
    }

    private static WindowState? Find(IReadOnlyList<WindowState> states, int process, int window) =>
        states.FirstOrDefault(state => state.Process == process && state.Window == window);

    private static string TextOf(WindowState? state, Func<WindowState, string> part) => state is null ? string.Empty
        : part(state);

    private static void WriteRow(StringBuilder text, string label, string cells, int begin, int end) =>
        MismatchListing.Line(text,
            $"    {label,-18}{string.Concat(Enumerable.Range(begin, end - begin).Select(page => $" {CellOf(cells, page)}"))}");

    private static void WriteMarks(StringBuilder text, string expected, string actual, int begin, int end)
    {
        string marks = string.Concat(Enumerable.Range(begin, end - begin)
            .Select(page => CellOf(expected, page) == CellOf(actual, page) ? Cell : " ^^"));
        if (marks.Contains('^', StringComparison.Ordinal))
        {
            MismatchListing.Line(text, $"    {"differs",-18}{marks}");
        }
    }

    private static string CellOf(string cells, int page) => (2 * page) + 1 < cells.Length ? cells.Substring(2 * page, 2) : "  ";
}
