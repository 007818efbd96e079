using System.Text;
using HmmSim.Explorer.Explanations;

namespace HmmSim.Explorer.Reports;

/// <summary>
/// An explanation as a Mermaid sequence diagram: an arrow where a message is delivered, a note where it is sent or an actor acts
/// by itself.
/// </summary>
public static class MermaidDiagram
{
    /// <summary>The text of the diagram.</summary>
    public static string Write(Explanation explanation)
    {
        StringBuilder text = new("sequenceDiagram\n");
        for (int actor = 0; actor < explanation.Actors.Count; actor++)
        {
            Line($"    participant A{actor} as {Clean(explanation.Actors[actor])}");
        }

        string everybody = explanation.Actors.Count == 1 ? "A0" : $"A0,A{explanation.Actors.Count - 1}";
        foreach (ExplainedStep step in explanation.Steps)
        {
            if (explanation.Run.LoopStart == step.Number - 1)
            {
                Line("    loop forever");
            }

            Line(step.Sender is { } sender
                ? $"    A{sender}->>A{step.Actor}: {step.Number}. {Clean(step.Label)}"
                : $"    Note over A{step.Actor}: {step.Number}. {Clean(step.Label)}");
            if (explanation.PointOfNoReturn == step.Number)
            {
                string overtook = explanation.Overtaking is { } pair ? $", it overtook '{Clean(pair.Second)}'" : "";
                Line($"    Note over {everybody}: point of no return{overtook}");
            }
        }

        if (explanation.Run.LoopStart is { } begin && begin < explanation.Run.Length)
        {
            Line("    end");
        }

        Line($"    Note over {everybody}: violates '{Clean(explanation.Run.PropertyName)}'");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    // A semicolon ends a statement, a number sign begins an entity.
    private static string Clean(string text) => text.Replace(";", ",", StringComparison.Ordinal)
        .Replace("#", "no. ", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
