using System.Globalization;
using System.Net;
using System.Text;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Explanations;
using HmmSim.Explorer.Schedules;

namespace HmmSim.Explorer.Reports;

/// <summary>An explanation as one HTML page that needs nothing else: no script, no file, no network.</summary>
public static class HtmlReport
{
    private const string Style = """
        
        body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 80em; padding: 0 1em; color: #1d2329; background: #fff; }
        h1 { font-size: 1.4em; }
        .decision { border-left: 4px solid #b3261e; padding: .4em .8em; background: #fbeeed; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border: 1px solid #d5dade; padding: .3em .5em; vertical-align: top; text-align: left; }
        th { background: #eef1f4; position: sticky; top: 0; } td.number { text-align: right; color: #66707a; }
        td.acts { background: #e8f0fb; } .from { color: #66707a; }
        .change { font-family: ui-monospace, monospace; font-size: .87em; }
        .before { color: #9a3b34; text-decoration: line-through; } .after { color: #1c6b35; }
        .where { color: #66707a; font-size: .87em; }
        tr.point td { background: #b3261e; color: #fff; text-align: center; }
        tr.loop td { background: #55606b; color: #fff; text-align: center; }
        td.pair { outline: 3px solid #b3261e; outline-offset: -3px; }
        pre { white-space: pre-wrap; background: #f5f6f8; padding: .7em; }
        @media (prefers-color-scheme: dark) { body { background: #16191c; color: #dfe4e8; }
        th, pre { background: #23282d; } th, td { border-color: #3a424a; }
        td.acts { background: #1f2c3d; } .decision { background: #3a2220; } .before { color: #e79a94; }
        .after { color: #86cf9c; } }
        """;

    /// <summary>The text of the page.</summary>
    public static string Write(Explanation explanation, Schedule schedule)
    {
        StringBuilder html = new();
        string title = $"'{explanation.Run.PropertyName}' is violated after {explanation.Run.Length} steps";
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append($"<title>{Text(title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{Text(title)}</h1>\n");
        string decision = explanation.Decision();
        html.Append(decision.Length > 0 ? $"<p class=\"decision\">{Text(decision)}</p>\n" : "");
        if (explanation.Alternatives.Count > 0)
        {
            string alternatives = Text(string.Join("; ", explanation.Alternatives));
            html.Append($"<p>In its place, each of these would have kept it possible: {alternatives}.</p>\n");
        }

        html.Append($"<pre>{Text(System(explanation.Configuration))}</pre>\n<table>\n<tr><th></th>");
        html.AppendJoin("", explanation.Actors.Select(actor => $"<th>{Text(actor)}</th>")).Append("</tr>\n");
        foreach (ExplainedStep step in explanation.Steps)
        {
            WriteRow(html, explanation, step);
        }

        html.Append(
            $"</table>\n<p>Last state:</p>\n<pre>{Text(explanation.LastState)}</pre>\n"
            + $"<p class=\"where\">{Text(RunProvenance.Of(schedule).ToString())}</p>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void WriteRow(StringBuilder html, Explanation explanation, ExplainedStep step)
    {
        int columns = explanation.Actors.Count + 1;
        html.Append(explanation.Run.LoopStart == step.Number - 1
            ? $"<tr class=\"loop\"><td colspan=\"{columns}\">from here on, again and again</td></tr>\n" : "");
        html.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"number\">{step.Number}</td>");
        for (int actor = 0; actor < explanation.Actors.Count; actor++)
        {
            bool isPair = explanation.Overtaking is { } pair && (pair.FirstStep == step.Number || pair.SecondStep == step.Number);
            html.Append(step.Actor == actor ? $"<td class=\"acts{(isPair ? " pair" : "")}\">" : "<td>");
            if (step.Actor == actor)
            {
                html.Append(step.Sender is { } sender
                    ? $"<span class=\"from\">from {Text(explanation.Actors[sender])}:</span> "
                    : "").Append(Text(step.Label));
                html.Append(step.Locations is { } locations ? $"<div class=\"where\">{Text(locations)}</div>" : "");
            }

            foreach (FieldChange change in step.Changes.Where(change => change.Actor == actor))
            {
                html.Append($"<div class=\"change\">{Text(change.Name)}: <span class=\"before\">{Text(change.Before)}</span> ");
                html.Append($"<span class=\"after\">{Text(change.After)}</span></div>");
            }

            html.Append("</td>");
        }

        html.Append("</tr>\n");
        html.Append(explanation.PointOfNoReturn == step.Number
            ? $"<tr class=\"point\"><td colspan=\"{columns}\">point of no return</td></tr>\n" : "");
    }

    private static string System(ModelConfiguration configuration) => string.Join(
        '\n',
        [$"model {configuration.Model}", .. configuration.Parameters.Select(pair => $"{pair.Key}: {pair.Value}"),
            .. configuration.Scripts.Select(script => script.ToString())]);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
