using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using HmmSim.Nodes.Scenarios.Schema;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Observation;

/// <summary>
/// Writes a run as <c>result.json</c>: keys in camelCase with the unit last, times in picoseconds. Everything outside
/// <c>performance</c> and <c>provenance</c> is the same for two runs of one scenario.
/// </summary>
public static class RunReportWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the whole result.</summary>
    public static void Write(Stream target, RunReport report, RunProvenance provenance)
    {
        using Utf8JsonWriter json = new(target, Options);
        json.WriteStartObject();
        WriteProvenance(json, provenance);
        json.WriteString("traceHash", report.Totals.TraceHash);
        WriteTotals(json, report.Totals);
        WriteList(json, "processors", report.Processors, WriteProcessor);
        WriteList(json, "devices", report.Devices, WriteDevice);
        WriteList(json, "migrations", report.Migrations, WriteMigration);
        WriteList(json, "links", report.Links, WriteLink);
        WriteList(json, "faultPhases", report.FaultPhases, WriteFaultPhase);
        WriteList(json, "checks", report.Checks, WriteCheck);
        WritePerformance(json, report.Performance);
        json.WriteEndObject();
        json.Flush();
        target.Write("\n"u8);
    }

    private static void WriteProvenance(Utf8JsonWriter json, RunProvenance provenance)
    {
        json.WriteStartObject("provenance");
        json.WriteString("scenarioName", provenance.ScenarioName);
        json.WriteString("scenarioFile", provenance.ScenarioFile);
        json.WriteString("scenarioDigest", provenance.ScenarioDigest);
        json.WriteNumber("seed", provenance.Seed);
        json.WriteString("version", provenance.Version);
        json.WriteString("gitCommit", provenance.GitCommit);
        json.WriteStartArray("commandLine");
        foreach (string argument in provenance.CommandLine)
        {
            json.WriteStringValue(argument);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, RunTotals totals)
    {
        json.WriteStartObject("totals");
        Time(json, "virtualEndTime", totals.VirtualEndTime);
        json.WriteNumber("steps", totals.Steps);
        json.WriteNumber("accesses", totals.Accesses);
        json.WriteEndObject();
    }

    private static void WriteProcessor(Utf8JsonWriter json, ProcessorReport processor)
    {
        json.WriteString("name", processor.Name);
        json.WriteNumber("accesses", processor.Accesses);
        json.WriteNumber("hits", processor.Hits);
        json.WriteNumber("faults", processor.Faults);
        json.WriteNumber("localAccesses", processor.LocalAccesses);
        json.WriteNumber("remoteAccesses", processor.RemoteAccesses);
        json.WriteNumber("refusedAccesses", processor.RefusedAccesses);
        Time(json, "stallTime", processor.StallTime);
        Time(json, "endTime", processor.EndTime);
    }

    private static void WriteDevice(Utf8JsonWriter json, DeviceReport device)
    {
        json.WriteString("name", device.Name);
        json.WriteNumber("faultsRaised", device.FaultsRaised);
        json.WriteNumber("duplicateFaults", device.DuplicateFaults);
        json.WriteNumber("batches", device.Batches);
        json.WriteNumber("replays", device.Replays);
        json.WriteNumber("evictedChunks", device.EvictedChunks);
        json.WriteNumber("evictedPages", device.EvictedPages);
        json.WriteNumber("pagesIn", device.PagesIn);
        json.WriteNumber("pagesOut", device.PagesOut);
        json.WriteNumber("peakFramesInUse", device.PeakFramesInUse);
        json.WriteNumber("frames", device.Frames);
    }

    private static void WriteMigration(Utf8JsonWriter json, MigrationReport migration)
    {
        json.WriteString("cause", EnumWords.Word(migration.Cause));
        json.WriteString("direction", EnumWords.Word(migration.Direction));
        json.WriteNumber("transactions", migration.Transactions);
        json.WriteNumber("pages", migration.Pages);
        json.WriteNumber("bytes", migration.Bytes);
    }

    private static void WriteLink(Utf8JsonWriter json, LinkReport link)
    {
        json.WriteString("from", link.From);
        json.WriteString("to", link.To);
        json.WriteNumber("messages", link.Messages);
        json.WriteNumber("bytes", link.Bytes);
        Time(json, "busyTime", link.BusyTime);
        Real(json, "utilisation", link.Utilisation);
    }

    private static void WriteFaultPhase(Utf8JsonWriter json, FaultPhaseReport phase)
    {
        json.WriteString("phase", EnumWords.Word(phase.Phase));
        json.WriteNumber("count", phase.Count);
        Time(json, "p50", phase.P50);
        Time(json, "p95", phase.P95);
        Time(json, "p99", phase.P99);
        Time(json, "max", phase.Max);
    }

    private static void WriteCheck(Utf8JsonWriter json, ConservationCheck check)
    {
        json.WriteString("name", check.Name);
        json.WriteBoolean("passed", check.Passed);
        json.WriteString("detail", check.Detail);
    }

    private static void WritePerformance(Utf8JsonWriter json, RunPerformance performance)
    {
        json.WriteStartObject("performance");
        json.WriteNumber("wallTimeMilliseconds", (long)performance.WallTime.TotalMilliseconds);
        json.WriteNumber("lanes", performance.Lanes);
        json.WriteNumber("members", performance.Members);
        Real(json, "accessesPerWallSecond", performance.AccessesPerWallSecond);
        Real(json, "stepsPerWallSecond", performance.StepsPerWallSecond);
        json.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Time(Utf8JsonWriter json, string name, VirtualDuration span) => json.WriteNumber(name + "Picoseconds", span.Picoseconds);

    private static void Time(Utf8JsonWriter json, string name, VirtualTime time) => json.WriteNumber(name + "Picoseconds", time.Picoseconds);

    // JSON has no infinity and no not-a-number: a rate over no time at all is written as zero.
    private static void Real(Utf8JsonWriter json, string name, double value)
    {
        string digits = double.IsFinite(value) ? value.ToString("0.######", CultureInfo.InvariantCulture) : "0";
        json.WritePropertyName(name);
        json.WriteRawValue(digits);
    }
}
