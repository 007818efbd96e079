using HmmSim.Explorer.Explanations;
using HmmSim.Explorer.Schedules;

namespace HmmSim.Explorer.Reports;

/// <summary>Everything that is written about a violation, by the names of the files.</summary>
public static class RaceReport
{
    /// <summary>Name of the file that <c>hmmsim replay</c> reads.</summary>
    public const string ScheduleName = "schedule.txt";

    /// <summary>The files: name and text, in a fixed order.</summary>
    public static IReadOnlyList<(string Name, string Text)> Files(Explanation explanation, Schedule schedule, string models = "ModelRegistry.BuiltIn") =>
    [
        (ScheduleName, ScheduleWriter.Write(schedule)),
        ("report.txt", TextReport.Write(explanation, schedule)),
        ("report.html", HtmlReport.Write(explanation, schedule)),
        ("report.json", JsonReport.Write(explanation, schedule)),
        ("sequence.mmd", MermaidDiagram.Write(explanation)),
        ("shiviz.log", ShiVizLog.Write(explanation)),
        ("RaceTest.cs", TestBody.Write(schedule, models)),
    ];
}
