using System.Globalization;
using HmmSim.Conformance.Comparison;
using HmmSim.Conformance.Traces;
using Spectre.Console;

namespace HmmSim.Cli;

/// <summary>Prints the figures of one trace file as tables that fit 100 columns.</summary>
internal sealed class ConformSummaryPrinter(TextWriter output)
{
    private const int WidthAtMost = 100;

    private readonly IAnsiConsole _console = PlainConsole.Create(output, WidthAtMost);

    /// <summary>Prints both tables and, last, the verdict. Reads the rest of the file for its digest.</summary>
    public void Print(string path, TraceFile file, ConformanceReport report, TimeSpan time)
    {
        Table totals = new() { Border = TableBorder.Simple, ShowHeaders = false };
        totals.AddColumn(new TableColumn("figure")).AddColumn(new TableColumn("value"));
        Row(totals, "file", path);
        Row(totals, "sha-256", file.ReadToDigest());
        Row(totals, "recorded from",
            $"Linux {file.Reader.Header.Kernel}, devices {file.Reader.Header.Devices.ToString().ToLowerInvariant()}");
        Row(totals, "version", VersionText());
        Row(totals, "scripts", Text($"{report.Scripts:N0}, not passed {report.FailedScripts:N0}"));
        Row(totals, "operations", Text($"{report.Operations:N0}, of these from nd_smp on {report.UnstableOperations:N0}"));
        Row(totals, "mismatches", Text($"{report.Mismatches:N0}, and from nd_smp on {report.UnstableMismatches:N0}"));
        Row(totals, "speed", Text($"{report.Operations / Math.Max(time.TotalSeconds, 1e-3):N0} operations/s"));
        _console.Write(totals);
        PrintRows(report);
        string stopped = report.IsStopped ? " Stopped there; --keep-going goes on." : string.Empty;
        _console.WriteLine(report.Passed
            ? Text($"Conformance: {report.Scripts:N0} scripts, no mismatch.")
            : Text($"Conformance: {report.FailedScripts:N0} of {report.Scripts:N0} scripts FAILED.{stopped}"));
    }

    private void PrintRows(ConformanceReport report)
    {
        if (report.Rows.Count == 0)
        {
            return;
        }

        Table table = new() { Title = new TableTitle("Mismatches"), Border = TableBorder.Simple };
        table.AddColumn("operation").AddColumn("field").AddColumn(new TableColumn("first in scripts").RightAligned());
        table.AddColumn(new TableColumn("mismatches").RightAligned()).AddColumn(new TableColumn("from nd_smp on").RightAligned());
        foreach (MismatchRow row in report.Rows)
        {
            Row(
                table, OperationForm.Of(row.Operation).Word, MismatchFields.WordOf(row.Field), Text($"{row.FirstInScripts:N0}"),
                Text($"{row.Mismatches:N0}"), Text($"{row.UnstableMismatches:N0}"));
        }

        _console.Write(table);
    }

    private static string VersionText() =>
        ProgramVersion.Current.GitCommit is { } commit ? $"{ProgramVersion.Current.Version}, commit {commit}"
            : ProgramVersion.Current.Version;

    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(cell => new Text(cell))]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
