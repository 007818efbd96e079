using System.Globalization;
using System.Text;
using HmmSim.Conformance.Replay;
using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Comparison;

/// <summary>
/// Writes the first mismatch of a script so that it can be read: the operations around it, the answers, the calls, and the page
/// tables before, as expected and as they are, with marks below what differs.
/// </summary>
public static class MismatchListing
{
    /// <summary>Columns of the widest line.</summary>
    public const int WidthAtMost = 130;

    private const int StepsBefore = 6;
    private const int StepsAfter = 3;
    private const int OperationWidth = 34;
    private const int AnswerWidth = WidthAtMost - OperationWidth - 10;

    /// <summary>The listing; each line ends with a line feed.</summary>
    public static string Write(MismatchDetail detail)
    {
        StringBuilder text = new();
        TraceScript script = detail.Script;
        string fields = string.Join(", ", detail.Fields.Select(MismatchFields.WordOf));
        string place = Invariant($"script {script.Id} (line {script.Line}): operation {detail.Step} of 0 to {script.Steps.Count - 1}");
        Line(text, ListingText.Fit($"{place} differs in {fields}", WidthAtMost));
        WriteSteps(text, detail);
        WriteCalls(text, detail);
        PageTableListing.Write(text, detail);
        return text.ToString();
    }

    internal static void Line(StringBuilder text, string line) => text.Append(line.TrimEnd()).Append('\n');

    private static void WriteSteps(StringBuilder text, MismatchDetail detail)
    {
        IReadOnlyList<TraceStep> steps = detail.Script.Steps;
        int begin = Math.Max(0, detail.Step - StepsBefore);
        int end = Math.Min(steps.Count, detail.Step + StepsAfter + 1);
        Line(text, string.Empty);
        Line(text, $"    op  {"operation",-OperationWidth}recorded answer");
        for (int i = begin; i < end; i++)
        {
            string answer = ListingText.Fit(ListingText.Of(steps[i].Result), AnswerWidth);
            char mark = i == detail.Step ? '>' : ' ';
            string operation = ListingText.Fit(steps[i].Text, OperationWidth - 2);
            Line(text, Invariant($"{mark}{i,5}  {operation,-OperationWidth}{answer}"));
            if (i == detail.Step)
            {
                string actual = detail.Answer is null ? detail.Failure ?? string.Empty : ListingText.Of(detail.Answer);
                actual = ListingText.Fit(actual.ReplaceLineEndings(" "), AnswerWidth);
                Line(text, $"        {"answer of the system",-OperationWidth}{actual}");
            }
        }
    }

    private static void WriteCalls(StringBuilder text, MismatchDetail detail)
    {
        Line(text, string.Empty);
        if (detail.Calls.Count == 0)
        {
            Line(text, "  no call: the table of processes answers");
        }

        foreach (TargetedCall call in detail.Calls)
        {
            Line(text, ListingText.Fit($"  call: {ListingText.Of(call)}", WidthAtMost));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
