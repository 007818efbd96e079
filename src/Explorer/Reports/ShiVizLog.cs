using System.Text;
using System.Text.Json;
using HmmSim.Explorer.Explanations;

namespace HmmSim.Explorer.Reports;

/// <summary>
/// An explanation as a log for ShiViz, the browser of distributed executions (Beschastnikh, Wang, Brun, Ernst, CACM 2016): two
/// lines an event, the event and then its host with its vector clock, which ShiViz's default expression reads.
/// </summary>
public static class ShiVizLog
{
    /// <summary>The text of the log.</summary>
    public static string Write(Explanation explanation)
    {
        string[] hosts = [.. explanation.Actors.Select(actor => actor.Replace(' ', '_'))];
        StringBuilder text = new();
        int[][] clocks = VectorClocks(explanation);
        for (int index = 0; index < clocks.Length; index++)
        {
            ExplainedStep step = explanation.Steps[index];
            string clock = string.Join(", ", Enumerable.Range(0, hosts.Length).Where(host => clocks[index][host] > 0)
                .Select(host => $"{JsonSerializer.Serialize(hosts[host])}:{clocks[index][host]}"));
            text.Append($"{step.Number}. {step.Label.ReplaceLineEndings(" ")}\n{hosts[step.Actor]} {{{clock}}}\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// The vector clock of each step. A step follows its actor's last one and the one that enabled it; where the model does not
    /// tell that, a delivery follows its sender's last step.
    /// </summary>
    internal static int[][] VectorClocks(Explanation explanation)
    {
        int[][] clocks = new int[explanation.Steps.Count][];
        int[] last = new int[explanation.Actors.Count];
        Array.Fill(last, -1);
        for (int index = 0; index < clocks.Length; index++)
        {
            ExplainedStep step = explanation.Steps[index];
            int cause = step.EnabledBy is { } enabler ? enabler - 1 : step.Sender is { } sender ? last[sender] : -1;
            int[] clock = new int[last.Length];
            foreach (int earlier in new[] { last[step.Actor], cause }.Where(earlier => earlier >= 0))
            {
                for (int actor = 0; actor < clock.Length; actor++)
                {
                    clock[actor] = Math.Max(clock[actor], clocks[earlier][actor]);
                }
            }

            clock[step.Actor]++;
            clocks[index] = clock;
            last[step.Actor] = index;
        }

        return clocks;
    }
}
