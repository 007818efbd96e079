using System.Globalization;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Schema;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Time;
using Spectre.Console;

namespace HmmSim.Cli;

/// <summary>Prints the figures of a run as tables that fit 100 columns and need no colours.</summary>
public sealed class SummaryPrinter
{
    private const int WidthAtMost = 100;
    private const int LinksAtMost = 16;

    private readonly IAnsiConsole _console;

    /// <summary>Prints to <paramref name="output"/>.</summary>
    public SummaryPrinter(TextWriter output) => _console = PlainConsole.Create(output, WidthAtMost);

    /// <summary>Prints all tables and, last, where the result is.</summary>
    public void Print(Scenario scenario, RunReport report, string resultFile)
    {
        PrintTotals(scenario, report);
        PrintProcessors(report);
        PrintDevices(report);
        PrintMigrations(report);
        PrintFaultPhases(report);
        PrintLinks(report);
        PrintChecks(report);
        _console.WriteLine($"Result: {resultFile}");
    }

    private void PrintTotals(Scenario scenario, RunReport report)
    {
        RunPerformance performance = report.Performance;
        Table table = NewTable("Run", "figure", "value");
        table.HideHeaders();
        Row(table, "scenario", $"{scenario.Name}, seed {scenario.Seed.ToString(CultureInfo.InvariantCulture)}");
        Row(table, "virtual time", Time(report.Totals.VirtualEndTime));
        Row(table, "accesses", Count(report.Totals.Accesses));
        Row(table, "steps", Count(report.Totals.Steps));
        Row(table, "trace hash", report.Totals.TraceHash);
        string members = performance.Members == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" of {performance.Members} members");
        Row(table, "real time", string.Create(
            CultureInfo.InvariantCulture, $"{performance.WallTime.TotalSeconds:0.00} s on {performance.Lanes} lane(s){members}"));
        Row(table, "speed", string.Create(
            CultureInfo.InvariantCulture, $"{performance.AccessesPerWallSecond:N0} accesses/s, {performance.StepsPerWallSecond:N0} steps/s"));
        _console.Write(table);
    }

    private void PrintProcessors(RunReport report)
    {
        Table table = NewTable("Processors", "name", "accesses", "hits", "faults", "local", "remote", "stalled", "end");
        foreach (ProcessorReport item in report.Processors)
        {
            Row(
                table, item.Name, Count(item.Accesses), Count(item.Hits), Count(item.Faults), Count(item.LocalAccesses),
                Count(item.RemoteAccesses), Time(item.StallTime), Time(item.EndTime));
        }

        Write(table);
    }

    private void PrintDevices(RunReport report)
    {
        Table table = NewTable("Devices", "name", "fault records", "duplicates", "batches", "replays", "evictions", "pages in", "pages out", "peak memory");
        foreach (DeviceReport item in report.Devices)
        {
            string peak = string.Create(CultureInfo.InvariantCulture, $"{100.0 * item.PeakFramesInUse / Math.Max(1, item.Frames):0} %");
            Row(
                table, item.Name, Count(item.FaultsRaised), Count(item.DuplicateFaults), Count(item.Batches), Count(item.Replays),
                Count(item.EvictedChunks), Count(item.PagesIn), Count(item.PagesOut), peak);
        }

        Write(table);
    }

    private void PrintMigrations(RunReport report)
    {
        Table table = NewTable("Migrations", "cause", "direction", "transactions", "pages", "bytes");
        foreach (MigrationReport item in report.Migrations)
        {
            Row(
                table, Words(EnumWords.Word(item.Cause)), Words(EnumWords.Word(item.Direction)), Count(item.Transactions), Count(item.Pages),
                new ByteSize(item.Bytes).ToDisplayString());
        }

        Write(table);
    }

    private void PrintFaultPhases(RunReport report)
    {
        Table table = NewTable("Fault latency", "phase", "faults", "p50", "p95", "p99", "max");
        foreach (FaultPhaseReport item in report.FaultPhases)
        {
            Row(table, Words(EnumWords.Word(item.Phase)), Count(item.Count), Time(item.P50), Time(item.P95), Time(item.P99), Time(item.Max));
        }

        Write(table);
    }

    private void PrintLinks(RunReport report)
    {
        Table table = NewTable("Links", "from", "to", "messages", "bytes", "busy", "use");
        foreach (LinkReport item in report.Links.OrderByDescending(link => link.BusyTime).Take(LinksAtMost))
        {
            string use = string.Create(CultureInfo.InvariantCulture, $"{100 * item.Utilisation:0.0} %");
            Row(table, item.From, item.To, Count(item.Messages), new ByteSize(item.Bytes).ToDisplayString(), Time(item.BusyTime), use);
        }

        Write(table);
        if (report.Links.Length > LinksAtMost)
        {
            _console.WriteLine($"The busiest {LinksAtMost} of {report.Links.Length} links; all are in the result.");
        }
    }

    private void PrintChecks(RunReport report)
    {
        ConservationCheck[] failed = [.. report.Checks.Where(check => !check.Passed)];
        _console.WriteLine(failed.Length == 0
            ? $"Conservation: all {report.Checks.Length} checks passed."
            : $"Conservation: {failed.Length} of {report.Checks.Length} checks FAILED.");
        foreach (ConservationCheck check in failed)
        {
            _console.WriteLine($"  FAILED {check.Name}: {check.Detail}");
        }
    }

    private void Write(Table table)
    {
        if (table.Rows.Count > 0)
        {
            _console.Write(table);
        }
    }

    private static Table NewTable(string title, params string[] columns)
    {
        Table table = new() { Title = new TableTitle(title), Border = TableBorder.Simple };
        for (int i = 0; i < columns.Length; i++)
        {
            TableColumn column = new(columns[i]) { Padding = new Padding(0, 0, 1, 0) };
            table.AddColumn(i == 0 || columns[i] is "direction" or "to" or "value" ? column : column.RightAligned());
        }

        return table;
    }

    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(cell => new Text(cell))]);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(VirtualTime time) => DurationText.ToDisplayString(new VirtualDuration(time.Picoseconds));

    private static string Time(VirtualDuration span) => DurationText.ToDisplayString(span);

    private static string Words(string word) => word.Replace('_', ' ');
}
