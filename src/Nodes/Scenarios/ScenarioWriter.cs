using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HmmSim.Nodes.Scenarios.Schema;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Scenarios;

/// <summary>
/// Writes a scenario in its canonical form: YAML with every value, in the order of the schema, one way to write each. Loading it
/// again gives the same scenario; two files that mean the same give the same text.
/// </summary>
public static class ScenarioWriter
{
    /// <summary>The canonical text.</summary>
    public static string ToYaml(Scenario scenario)
    {
        StringBuilder text = new();
        Line(text, 0, "name", scenario.Name);
        Line(text, 0, "description", Quote(scenario.Description));
        Line(text, 0, "seed", scenario.Seed.ToString(CultureInfo.InvariantCulture));
        Line(text, 0, "track_values", scenario.TrackValues ? "true" : "false");
        List(text, 0, "hosts", scenario.Hosts, WriteHost);
        List(text, 0, "switches", scenario.Switches, (lines, name) => Item(lines, 0, "name", name));
        List(text, 0, "links", scenario.Links, WriteLink);
        List(text, 0, "buffers", scenario.Buffers, WriteBuffer);
        List(text, 0, "streams", scenario.Streams, WriteStream);
        return text.ToString();
    }

    private static void WriteHost(StringBuilder text, HostSpec host)
    {
        Item(text, 0, "name", host.Name);
        text.Append("    cpu:\n");
        Line(text, 6, "name", host.Cpu.Name);
        Line(text, 6, "ram", host.Cpu.Ram);
        Line(text, 6, "guest_ram", host.Cpu.GuestRam);
        Line(text, 6, "fault_overhead", host.Cpu.FaultOverhead);
        Line(text, 6, "tlb_shootdown", host.Cpu.TlbShootdown);
        Line(text, 6, "page_overhead", host.Cpu.PageOverhead);
        List(text, 4, "devices", host.Devices, WriteDevice);
    }

    private static void WriteDevice(StringBuilder text, DeviceSpec device)
    {
        Item(text, 4, "name", device.Name);
        Line(text, 8, "memory", device.Memory);
        Line(text, 8, "fault_latency", device.FaultLatency);
        Line(text, 8, "fault_buffer", device.FaultBufferEntries);
        Line(text, 8, "batch_size", device.BatchSize);
        Line(text, 8, "batch_overhead", device.BatchOverhead);
        Line(text, 8, "block_overhead", device.BlockOverhead);
        Line(text, 8, "page_overhead", device.PageOverhead);
        Line(text, 8, "replay_policy", EnumWords.Word(device.ReplayPolicy));
        Line(text, 8, "replay_latency", device.ReplayLatency);
        Line(text, 8, "migration_granularity", device.MigrationGranularity);
        Line(text, 8, "cpu_fault_granularity", device.CpuFaultGranularity);
        Line(text, 8, "peer_copy", EnumWords.Word(device.PeerCopy));
        Line(text, 8, "memory_kind", EnumWords.Word(device.MemoryKind));
    }

    private static void WriteLink(StringBuilder text, LinkSpec link)
    {
        Item(text, 0, "from", link.From);
        Line(text, 4, "to", link.To);
        Line(text, 4, "one_way", "true");
        Line(text, 4, "latency", link.Latency);
        Line(text, 4, "bandwidth", link.Bandwidth.ToString());
    }

    private static void WriteBuffer(StringBuilder text, BufferSpec buffer)
    {
        Item(text, 0, "name", buffer.Name);
        Line(text, 4, "size", buffer.Size);
        Line(text, 4, "home", buffer.Home);
        Line(text, 4, "access", EnumWords.Word(buffer.Access));
    }

    private static void WriteStream(StringBuilder text, StreamSpec stream)
    {
        Item(text, 0, "name", stream.Name);
        Line(text, 4, "processor", stream.Processor);
        Line(text, 4, "pattern", stream.Pattern.Keyword);
        WritePattern(text, stream.Pattern);
        if (stream.Pattern is not (TracePattern or UnmapPattern))
        {
            Line(text, 4, "warps", stream.Warps);
        }

        if (stream.Pattern is SequentialPattern)
        {
            Line(text, 4, "pages_per_turn", stream.PagesPerTurn);
        }

        if (stream.Pattern is not UnmapPattern)
        {
            Line(text, 4, "time_per_access", stream.TimePerAccess);
            Line(text, 4, "fault_action", EnumWords.Word(stream.FaultAction));
        }

        Line(text, 4, "start_after", $"[{string.Join(", ", stream.StartAfter)}]");
        Line(text, 4, "start_at", stream.StartAt);
    }

    private static void WritePattern(StringBuilder text, AccessPattern pattern)
    {
        if (pattern is BufferPattern one)
        {
            Line(text, 4, "buffer", one.Buffer);
            Line(text, 4, "access", EnumWords.Word(one.Access));
        }

        switch (pattern)
        {
            case SequentialPattern sequential:
                Line(text, 4, "passes", sequential.Passes);
                Line(text, 4, "accesses_per_page", sequential.AccessesPerPage);
                break;
            case StridedPattern strided:
                Line(text, 4, "passes", strided.Passes);
                Line(text, 4, "accesses_per_page", strided.AccessesPerPage);
                Line(text, 4, "stride", strided.StridePages);
                break;
            case RandomPattern random:
                Line(text, 4, "accesses", random.Accesses);
                break;
            case PointerChasePattern chase:
                Line(text, 4, "steps", chase.Steps);
                break;
            case StencilPattern stencil:
                Line(text, 4, "buffers", $"[{stencil.Source}, {stencil.Target}]");
                Line(text, 4, "rows", stencil.Rows);
                Line(text, 4, "columns", stencil.Columns);
                Line(text, 4, "iterations", stencil.Iterations);
                Line(text, 4, "rows_per_turn", stencil.RowsPerTurn);
                break;
            case TracePattern trace:
                WriteTrace(text, trace);
                break;
            case UnmapPattern unmap:
                Line(text, 4, "buffer", unmap.Buffer);
                break;
            default:
                throw new UnreachableException($"no way to write the pattern '{pattern.Keyword}'");
        }
    }

    private static void WriteTrace(StringBuilder text, TracePattern trace)
    {
        // The digest stands in a comment: the file says it itself when the text is loaded again.
        Line(text, 4, "file", $"{Quote(trace.File)} # sha256 {trace.ContentDigest}");
        if (trace.Limit is { } limit)
        {
            Line(text, 4, "limit", limit);
        }

        Line(text, 4, "home", trace.Home);
    }

    private static void List<T>(StringBuilder text, int indent, string key, IReadOnlyCollection<T> items, Action<StringBuilder, T> write)
    {
        Line(text, indent, key, items.Count == 0 ? "[]" : "");
        foreach (T item in items)
        {
            write(text, item);
        }
    }

    private static void Item(StringBuilder text, int indent, string key, string value) =>
        text.Append(' ', indent + 2).Append("- ").Append(key).Append(": ").Append(value).Append('\n');

    private static void Line(StringBuilder text, int indent, string key, string value) =>
        text.Append(' ', indent).Append(key).Append(value.Length == 0 ? ":" : ": ").Append(value).Append('\n');

    private static void Line(StringBuilder text, int indent, string key, ByteSize size) => Line(text, indent, key, size.ToString());

    private static void Line(StringBuilder text, int indent, string key, VirtualDuration span) => Line(text, indent, key, DurationText.Format(span));

    private static void Line(StringBuilder text, int indent, string key, long number) =>
        Line(text, indent, key, number.ToString(CultureInfo.InvariantCulture));

    // A JSON string is a double-quoted YAML string.
    private static string Quote(string value) => '"' + JsonEncodedText.Encode(value, JavaScriptEncoder.Default).ToString() + '"';
}
