using System.Globalization;
using System.Text;
using CsCheck;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>
/// Draws small scenarios that are full of conflicts: memories of one to three chunks, buffers that do not fit, one warp to many,
/// every pattern, every policy, on one host to four.
/// </summary>
internal static class RandomScenario
{
    /// <summary>Where the recorded trace that some streams use lies.</summary>
    public const string TraceName = "walk.lackey.gz";

    private static readonly string[] Granularities = ["4KiB", "64KiB", "2MiB"];
    private static readonly string[] Replays = ["block", "batch", "batch_flush", "once"];
    private static readonly string[] Operations = ["read", "write", "update"];

    private static readonly Gen<Device> Devices = Gen.Select(
        Gen.Select(Gen.Frequency((5, Gen.Const(1)), (1, Gen.Int[2, 3])), Gen.Int[1, 48], Gen.Int[1, 64], Gen.Int[0, 3]),
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool, Gen.Int[1, 1500], Gen.Int[0, 5000]),
        (unit, memory) => new Device(
            unit.Item1, unit.Item2, Math.Min(unit.Item2, unit.Item3), unit.Item4, memory.Item1, memory.Item2, memory.Item3, memory.Item4, memory.Item5));

    private static readonly Gen<Host> Hosts = Gen.Select(
        Gen.Frequency((1, Devices.List[0, 0]), (6, Devices.List[1, 3])), Gen.Bool, Gen.Bool, Gen.Int[1, 900], Gen.Int[0, 3000],
        (devices, hasSwitch, hasPeers, latency, overhead) => new Host(devices, hasSwitch, hasPeers, latency, overhead));

    /// <summary>Texts of scenarios of one or two hosts.</summary>
    public static readonly Gen<string> Texts = TextsOf(Hosts.List[1, 2], hostsAtMost: 2, Streams(processors: 8, visitsAtMost: 900).List[1, 6]);

    /// <summary>Texts of scenarios of three or four hosts that are busy for some time with each other's memory.</summary>
    public static readonly Gen<string> TextsOfSeveralHosts = TextsOf(Hosts.List[3, 4], hostsAtMost: 4, Streams(processors: 16, visitsAtMost: 4000).List[5, 9]);

    private static Gen<string> TextsOf(Gen<List<Host>> hosts, int hostsAtMost, Gen<List<Stream>> streams) => Gen.Select(
        hosts, Buffers(hostsAtMost).List[1, 5], streams, Gen.Int[1, 900], Gen.UInt, static (hosts, buffers, streams, network, seed) =>
            new Writer(hosts, buffers).Write(streams, network, seed));

    private static Gen<Buffer> Buffers(int hostsAtMost) => Gen.Select(
        Gen.Frequency((1, Gen.Int[1, 300]), (2, Gen.Int[300, 1100])), Gen.Int[0, hostsAtMost - 1], Gen.Int[0, 9],
        (pages, home, access) => new Buffer(pages, home, access == 0));

    private static Gen<Stream> Streams(int processors, int visitsAtMost) => Gen.Select(
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, processors - 1], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[1, 40]),
        Gen.Select(Gen.Int[1, visitsAtMost], Gen.Int[1, 5], Gen.Bool, Gen.Int[0, 7], Gen.Int[0, 40], Gen.Int[1, 400]),
        (what, how) => new Stream(
            what.Item1, what.Item2, what.Item3, what.Item4, what.Item5, how.Item1, how.Item2, how.Item3, how.Item4, how.Item5, how.Item6));

    private sealed record Device(
        int Chunks, int FaultBuffer, int Batch, int Replay, int Granularity, int CpuGranularity, bool ThroughRam, int LatencyNs, int OverheadNs)
    {
        public bool IsCoherent => OverheadNs % 3 == 0;
    }

    private sealed record Host(List<Device> Devices, bool HasSwitch, bool HasPeers, int LatencyNs, int OverheadNs);

    private sealed record Buffer(int Pages, int Home, bool IsReadOnly);

    private sealed record Stream(
        int Pattern, int Processor, int Buffer, int Operation, int Warps, int Visits, int Repeats, bool Maps, int After, int StartUs, int TimeNs);

    private sealed class Writer(List<Host> hosts, List<Buffer> buffers)
    {
        private readonly StringBuilder _text = new();
        private readonly List<string> _processors = [];
        private readonly Dictionary<int, List<int>> _users = [];

        public string Write(List<Stream> streams, int networkNs, uint seed)
        {
            Line($"name: random\nseed: {seed}\ntrack_values: true\nhosts:");
            int device = 0;
            var links = new List<string>();
            var switches = new List<string>();
            for (int host = 0; host < hosts.Count; host++)
            {
                WriteHost(host, ref device, links, switches);
            }

            // A ring; of two hosts, a line.
            for (int host = 0; host < (hosts.Count > 2 ? hosts.Count : hosts.Count - 1); host++)
            {
                links.Add(Invariant($"{{ between: [cpu{host}, cpu{(host + 1) % hosts.Count}], latency: {networkNs}ns, bandwidth: 10GB/s }}"));
            }

            if (switches.Count > 0)
            {
                Line($"switches: [{string.Join(", ", switches.Select(name => $"{{ name: {name} }}"))}]");
            }

            if (links.Count > 0)
            {
                Line("links:");
                links.ForEach(link => Line($"  - {link}"));
            }

            Line("buffers:");
            for (int i = 0; i < buffers.Count; i++)
            {
                Line($"  - {{ name: b{i}, size: {buffers[i].Pages * 4}KiB, home: cpu{buffers[i].Home % hosts.Count},"
                    + $" access: {(buffers[i].IsReadOnly ? "read_only" : "read_write")} }}");
            }

            Line("streams:");
            for (int i = 0; i < streams.Count; i++)
            {
                WriteStream(i, streams[i]);
            }

            WriteUnmap(streams);
            return _text.ToString();
        }

        private void WriteHost(int number, ref int device, List<string> links, List<string> switches)
        {
            Host host = hosts[number];
            Line($"  - name: host{number}");
            Line($"    cpu: {{ name: cpu{number}, ram: 64MiB, guest_ram: {(host.LatencyNs % 2 == 0 ? "2MiB" : "128KiB")},"
                + $" fault_overhead: {host.LatencyNs}ns, tlb_shootdown: {host.OverheadNs}ns }}");
            _processors.Add($"cpu{number}");
            string hub = $"cpu{number}";
            if (host.HasSwitch)
            {
                hub = $"switch{number}";
                switches.Add(hub);
                links.Add(Invariant($"{{ between: [cpu{number}, {hub}], latency: 300ns, bandwidth: 12GB/s }}"));
            }

            if (host.Devices.Count > 0)
            {
                Line("    devices:");
            }

            int first = device;
            foreach (Device spec in host.Devices)
            {
                string name = $"gpu{device++}";
                _processors.Add(name);
                Line($"      - {{ name: {name}, memory: {spec.Chunks * 2}MiB, fault_buffer: {spec.FaultBuffer},"
                    + $" batch_size: {spec.Batch}, replay_policy: {Replays[spec.Replay]},"
                    + $" migration_granularity: {Granularities[spec.Granularity]}, cpu_fault_granularity: {Granularities[spec.CpuGranularity]},"
                    + $" peer_copy: {(spec.ThroughRam ? "through_ram" : "direct")}, memory_kind: {(spec.IsCoherent ? "coherent" : "private")},"
                    + $" fault_latency: {spec.LatencyNs}ns, batch_overhead: {spec.OverheadNs}ns }}");
                links.Add(Invariant($"{{ between: [{hub}, {name}], latency: {spec.LatencyNs}ns, bandwidth: 12GB/s }}"));
                if (host.HasPeers && device > first + 1)
                {
                    links.Add(Invariant($"{{ between: [gpu{device - 2}, {name}], latency: 200ns, bandwidth: 50GB/s }}"));
                }
            }
        }

        private void WriteStream(int number, Stream stream)
        {
            int buffer = stream.Buffer % buffers.Count;
            string processor = _processors[stream.Processor % _processors.Count];
            string operation = buffers[buffer].IsReadOnly ? "read" : Operations[stream.Operation];
            string what = stream.Pattern switch
            {
                0 => $"pattern: trace, file: {TraceName}",
                1 or 2 when Stencil(buffer, stream) is { } stencil => stencil,
                3 or 4 => $"pattern: random, buffer: b{buffer}, access: {operation}, accesses: {stream.Visits}, warps: {stream.Warps}",
                5 or 6 => $"pattern: pointer_chase, buffer: b{buffer}, access: {operation}, steps: {stream.Visits}, warps: {stream.Warps}",
                7 or 8 => $"pattern: strided, buffer: b{buffer}, access: {operation}, stride: {1 + (stream.Visits % 70)},"
                    + $" passes: {stream.Repeats}, accesses_per_page: {stream.Repeats}, warps: {stream.Warps}",
                _ => $"pattern: sequential, buffer: b{buffer}, access: {operation}, passes: {1 + (stream.Repeats % 2)},"
                    + $" accesses_per_page: {stream.Repeats}, warps: {stream.Warps}, pages_per_turn: {1 + (stream.Visits % 40)}",
            };
            if (!what.Contains("trace", StringComparison.Ordinal) && !what.Contains("stencil", StringComparison.Ordinal))
            {
                Use(buffer, number);
            }

            string action = stream.Maps && processor[0] == 'g' ? ", fault_action: map" : "";
            int[] after = [.. Enumerable.Range(0, number).Where(earlier => stream.After == 7 && earlier % 2 == number % 2)];
            Line($"  - {{ name: s{number}, processor: {processor}, {what}{action}, time_per_access: {stream.TimeNs}ns,"
                + $" start_at: {stream.StartUs}us, start_after: [{string.Join(", ", after.Select(i => $"s{i}"))}] }}");
        }

        /// <summary>A grid as large as both buffers allow, or null if there are no two buffers for it.</summary>
        private string? Stencil(int source, Stream stream)
        {
            int target = (source + 1) % buffers.Count;
            int cells = 512 * Math.Min(buffers[source].Pages, buffers[target].Pages);
            int columns = 3 + (stream.Visits % 150);
            int rows = Math.Min(cells / columns, 300);
            if (target == source || rows < 3 || buffers[source].IsReadOnly || buffers[target].IsReadOnly)
            {
                return null;
            }

            Use(source, -1);
            Use(target, -1);
            return $"pattern: stencil, buffers: [b{source}, b{target}], rows: {rows}, columns: {columns},"
                + $" iterations: {stream.Repeats % 3 + 1}, warps: {stream.Warps}";
        }

        private void Use(int buffer, int stream)
        {
            if (!_users.TryGetValue(buffer, out List<int>? users))
            {
                _users[buffer] = users = [];
            }

            users.Add(stream);
        }

        /// <summary>Now and then the first buffer is freed in the end, while streams on the others may still run.</summary>
        private void WriteUnmap(List<Stream> streams)
        {
            List<int> users = _users.GetValueOrDefault(0, []);
            if (streams[0].After == 6 && !users.Contains(-1))
            {
                Line($"  - {{ name: free, processor: cpu{buffers[0].Home % hosts.Count}, pattern: unmap, buffer: b0,"
                    + $" start_after: [{string.Join(", ", users.Select(i => $"s{i}"))}] }}");
            }
        }

        private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

        private void Line(string text) => _text.Append(text).Append('\n');
    }
}
