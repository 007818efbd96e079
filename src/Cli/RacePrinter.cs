using System.Globalization;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Explanations;
using HmmSim.Explorer.Explorations;
using HmmSim.Explorer.Reports;
using HmmSim.Explorer.Schedules;
using Spectre.Console;

namespace HmmSim.Cli;

/// <summary>Prints what explorations found, as text that needs no colours.</summary>
internal sealed class RacePrinter(TextWriter output)
{
    private const int WidthAtMost = 130;

    /// <summary>Prints the verdict and the figures.</summary>
    public void Print(RaceFile race, ExplorationSettings settings, ExplorationReport report)
    {
        output.WriteLine($"{race.Name}: model {race.Configuration.Model}, engine {EnumWord.Of(settings.Engine)}");
        output.WriteLine($"  hmmsim {ProgramVersion.Current.Version}, seed {settings.Seed}, configuration {race.Configuration.Digest}");
        if (race.About.Length > 0)
        {
            output.WriteLine($"  {race.About}");
        }

        foreach (ExplorationFigure figure in report.Figures)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure.Name,-16} {figure.Value,16:N0}"));
        }

        string violated = report.Counterexample is { } run
            ? string.Create(CultureInfo.InvariantCulture, $": '{run.PropertyName}' after {run.Length} steps") : "";
        output.WriteLine($"Verdict: {Words(report.Verdict)} ({report.Ending}){violated}.");
        if (race.Expectation is { } expected && expected.FindDifference(report) is { } difference)
        {
            output.WriteLine($"That is not what the file says: {difference}.");
        }
    }

    /// <summary>Prints what became of a violation, and where it is written.</summary>
    public void Print(ShrinkResult? shrunk, Explanation explanation, Schedule schedule, string path)
    {
        if (shrunk is not null)
        {
            string minimal = shrunk.IsMinimal ? "nothing can be left out" : "a limit was met, something may be left to leave out";
            string size = shrunk.Configuration.Scripts.IsEmpty
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $" to {shrunk.Configuration.OperationCount} operations");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Shrunk by {shrunk.Searches} searches{size}; {minimal}."));
        }

        output.WriteLine();
        output.Write(TextReport.Write(explanation, schedule));
        output.WriteLine();
        output.WriteLine($"Reports: {path}");
        output.WriteLine($"Again: hmmsim replay {Path.Combine(path, RaceReport.ScheduleName)}");
    }

    /// <summary>Prints the catalogue as a table.</summary>
    public void Print(IReadOnlyList<RaceRun> runs)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = WidthAtMost;
        Table table = new() { Border = TableBorder.Simple };
        foreach (string column in new[] { "race", "engine", "verdict", "property", "steps", "states", "as expected" })
        {
            table.AddColumn(column is "steps" or "states" ? new TableColumn(column).RightAligned() : new TableColumn(column));
        }

        foreach (RaceRun run in runs)
        {
            string[] cells =
            [
                run.Race.Name,
                EnumWord.Of(run.Race.Settings.Engine),
                Words(run.Report.Verdict),
                run.Report.Counterexample?.PropertyName ?? "",
                run.Report.Counterexample?.Length.ToString(CultureInfo.InvariantCulture) ?? "",
                run.Report.Find("states")?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
                run.Difference ?? "yes",
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        console.Write(table);
        int failed = runs.Count(run => run.Difference is not null);
        output.WriteLine(failed == 0
            ? $"Catalogue: all {runs.Count} races are as expected."
            : $"Catalogue: {failed} of {runs.Count} races are NOT as expected.");
    }

    private static string Words(Verdict verdict) => EnumWord.Of(verdict).Replace('_', ' ');
}
