using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using HmmSim.Conformance.Scripts;
using HmmSim.Nodes.Scenarios.Schema;
using HmmSim.Protocol.Topology;

namespace HmmSim.Cli;

/// <summary>The result of a script run as <c>result.json</c>, with what is needed to reproduce it.</summary>
internal static class ScriptResultFile
{
    /// <summary>SHA-256 of the script's text.</summary>
    public static string DigestOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    /// <summary>The word of scripts for a kind of device memory.</summary>
    public static string WordOf(DeviceMemoryKind devices) => EnumWords.Word(devices);

    /// <summary>Writes the file and returns its path.</summary>
    public static string Write(
        ResultFolder folder, ScriptScenario scenario, IReadOnlyList<ScriptOutcome> outcomes, string digest, RunRequest request)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            WriteProvenance(json, scenario, digest, request);
            json.WriteStartArray("runs");
            foreach (ScriptOutcome outcome in outcomes)
            {
                WriteOutcome(json, outcome);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return folder.Write(buffer.WrittenSpan);
    }

    private static void WriteProvenance(Utf8JsonWriter json, ScriptScenario scenario, string digest, RunRequest request)
    {
        json.WriteStartObject("provenance");
        json.WriteString("scenario", scenario.Name);
        json.WriteString("selftest", scenario.Selftest);
        json.WriteString("scenarioFile", request.File);
        json.WriteString("scenarioDigest", digest);
        json.WriteNull("seed");
        json.WriteString("version", ProgramVersion.Current.Version);
        json.WriteString("gitCommit", ProgramVersion.Current.GitCommit);
        json.WriteStartArray("commandLine");
        foreach (string argument in request.CommandLine)
        {
            json.WriteStringValue(argument);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOutcome(Utf8JsonWriter json, ScriptOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("devices", WordOf(outcome.Devices));
        json.WriteNumber("calls", outcome.Calls);
        json.WriteNumber("messages", outcome.Messages);
        json.WriteNumber("virtualTimePs", outcome.VirtualTime.Picoseconds);
        json.WriteString("traceHash", outcome.TraceHash);
        json.WriteBoolean("passed", outcome.Passed);
        json.WriteStartArray("failures");
        foreach (string failure in outcome.Failures)
        {
            json.WriteStringValue(failure);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
