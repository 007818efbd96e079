using System.Globalization;
using System.Text;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Explanations;
using HmmSim.Explorer.Schedules;

namespace HmmSim.Explorer.Reports;

/// <summary>An explanation as text: the system, the decision, and a table with a column for each actor.</summary>
public static class TextReport
{
    private const int WidthAtMost = 130;
    private const int CellAtLeast = 18;

    /// <summary>The text.</summary>
    public static string Write(Explanation explanation, Schedule schedule)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture,
            $"'{explanation.Run.PropertyName}' is violated after {explanation.Run.Length} steps.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"model {explanation.Configuration.Model}\n");
        foreach ((string name, string value) in explanation.Configuration.Parameters)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name}: {value}\n");
        }

        foreach (ActorScript script in explanation.Configuration.Scripts)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {script}\n");
        }

        string decision = explanation.Decision();
        text.Append(decision.Length > 0 ? $"\n{decision}\n" : "");
        if (explanation.Alternatives.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"In its place, each of these would have kept it possible: {string.Join("; ", explanation.Alternatives)}.\n");
        }

        text.Append('\n');
        WriteTable(text, explanation);
        return text.Append(CultureInfo.InvariantCulture, $"\nlast state: {explanation.LastState}\n{RunProvenance.Of(schedule)}\n").ToString();
    }

    private static void WriteTable(StringBuilder text, Explanation explanation)
    {
        int numberWidth = explanation.Steps.Count.ToString(CultureInfo.InvariantCulture).Length + 1;
        int width = Math.Max(CellAtLeast, ((WidthAtMost - numberWidth) / explanation.Actors.Count) - 3);
        Row("", [.. explanation.Actors.Select(actor => (IReadOnlyList<string>)[actor])]);
        Rule('=');
        foreach (ExplainedStep step in explanation.Steps)
        {
            if (explanation.Run.LoopStart == step.Number - 1)
            {
                text.Append("--- from here on, again and again ---\n");
            }

            Row($"{step.Number}", [.. explanation.Actors.Select((_, actor) => Cell(step, actor, explanation.Actors, width))]);
            Rule('-');
            text.Append(explanation.PointOfNoReturn == step.Number ? "*** point of no return ***\n" : "");
        }

        void Rule(char line) =>
            text.Append(new string(line, numberWidth))
                .AppendJoin("", explanation.Actors.Select(_ => "-+-".Replace('-', line) + new string(line, width))).Append('\n');

        void Row(string number, IReadOnlyList<string>[] cells)
        {
            int height = cells.Max(cell => cell.Count);
            for (int line = 0; line < height; line++)
            {
                string row = (line == 0 ? number : "").PadLeft(numberWidth)
                    + string.Concat(cells.Select(cell => " | " + (line < cell.Count ? cell[line] : "").PadRight(width)));
                text.Append(row.TrimEnd()).Append('\n');
            }
        }
    }

    private static List<string> Cell(ExplainedStep step, int actor, IReadOnlyList<string> actors, int width)
    {
        List<string> lines = [];
        if (step.Actor == actor)
        {
            lines.AddRange(Wrap(step.Sender is { } sender ? $"<- {actors[sender]}: {step.Label}" : step.Label, width));
            lines.AddRange(step.Locations is { } locations ? Wrap($"[{locations}]", width) : []);
        }

        lines.AddRange(step.Changes.Where(change => change.Actor == actor).SelectMany(change => Wrap($"  {change}", width)));
        return lines;
    }

    private static IEnumerable<string> Wrap(string line, int width)
    {
        string indent = new(' ', line.Length - line.TrimStart().Length);
        StringBuilder current = new(indent);
        foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (current.Length > indent.Length && current.Length + word.Length + 1 > width)
            {
                yield return current.ToString();
                current.Clear().Append(indent).Append("  ");
            }

            bool isFirst = string.IsNullOrWhiteSpace(current.ToString());
            current.Append(isFirst ? "" : " ").Append(word);
        }

        yield return current.ToString();
    }
}
