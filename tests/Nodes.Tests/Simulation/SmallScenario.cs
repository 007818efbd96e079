using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Nodes.Tests.Scenarios;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>Small scenarios that the tests of one behaviour change in one place each.</summary>
internal static class SmallScenario
{
    /// <summary>A CPU fills a buffer, a device then updates it in three sweeps.</summary>
    public static readonly Scenario OneDevice = ScenarioText.Load("""
        name: one-device
        seed: 5
        hosts:
          - name: host0
            cpu: { name: cpu0, ram: 256MiB }
            devices:
              - { name: gpu0, memory: 8MiB, preset: gtx1080ti }
        links:
          - { between: [cpu0, gpu0], preset: pcie3_x16 }
        buffers:
          - { name: data, size: 4MiB, home: cpu0 }
        streams:
          - { name: fill, processor: cpu0, pattern: sequential, buffer: data, access: write }
          - { name: sweep, processor: gpu0, pattern: sequential, buffer: data, access: update, passes: 3, warps: 8, start_after: [fill] }

        """);

    /// <summary>Two devices on a switch and the CPU fight for buffers, one of which does not fit; with random accesses.</summary>
    public const string TwoDevicesText = """
        name: two-devices
        seed: 11
        hosts:
          - name: host0
            cpu: { name: cpu0, ram: 256MiB }
            devices:
              - { name: gpu0, memory: 4MiB, preset: gtx1080ti }
              - { name: gpu1, memory: 4MiB, preset: gtx1080ti, peer_copy: through_ram }
        switches:
          - { name: pcie0 }
        links:
          - { between: [cpu0, pcie0], preset: pcie3_x16 }
          - { between: [pcie0, gpu0], preset: pcie3_x16 }
          - { between: [pcie0, gpu1], preset: pcie3_x16 }
        buffers:
          - { name: field, size: 5MiB, home: cpu0 }
          - { name: shared, size: 1MiB, home: cpu0 }
        streams:
          - { name: sweep, processor: gpu0, pattern: sequential, buffer: field, access: update, passes: 2, warps: 16 }
          - { name: look, processor: gpu1, pattern: random, buffer: shared, access: update, accesses: 2000, warps: 16 }
          - { name: share, processor: gpu0, pattern: random, buffer: shared, access: read, accesses: 1000, warps: 8 }
          - { name: chase, processor: cpu0, pattern: pointer_chase, buffer: shared, access: update, steps: 300, start_at: 50us }
          - { name: result, processor: cpu0, pattern: sequential, buffer: field, access: read, start_after: [sweep] }

        """;

    /// <summary>The scenario with its first device changed.</summary>
    public static Scenario WithDevice(this Scenario scenario, Func<DeviceSpec, DeviceSpec> change) => scenario.WithHost(
        host => host with { Devices = host.Devices.SetItem(0, change(host.Devices[0])) });

    /// <summary>The scenario with every device changed.</summary>
    public static Scenario WithDevices(this Scenario scenario, Func<DeviceSpec, DeviceSpec> change) => scenario.WithHost(
        host => host with { Devices = [.. host.Devices.Select(change)] });

    /// <summary>The scenario with its CPU changed.</summary>
    public static Scenario WithCpu(this Scenario scenario, Func<CpuSpec, CpuSpec> change) =>
        scenario.WithHost(host => host with { Cpu = change(host.Cpu) });

    /// <summary>The scenario with every link changed.</summary>
    public static Scenario WithLinks(this Scenario scenario, Func<LinkSpec, LinkSpec> change) =>
        scenario with { Links = [.. scenario.Links.Select(change)] };

    /// <summary>The scenario with its first buffer of another size.</summary>
    public static Scenario WithBuffer(this Scenario scenario, ByteSize size) =>
        scenario with { Buffers = scenario.Buffers.SetItem(0, scenario.Buffers[0] with { Size = size }) };

    /// <summary>The scenario with one stream changed.</summary>
    public static Scenario WithStream(this Scenario scenario, string name, Func<StreamSpec, StreamSpec> change) =>
        scenario with { Streams = [.. scenario.Streams.Select(stream => stream.Name == name ? change(stream) : stream)] };

    /// <summary>A span.</summary>
    public static VirtualDuration Nanoseconds(long nanoseconds) => VirtualDuration.FromNanoseconds(nanoseconds);

    /// <summary>A size.</summary>
    public static ByteSize MiB(long mebibytes) => ByteSize.FromMebibytes(mebibytes);

    /// <summary>A size.</summary>
    public static ByteSize KiB(long kibibytes) => ByteSize.FromKibibytes(kibibytes);

    private static Scenario WithHost(this Scenario scenario, Func<HostSpec, HostSpec> change) =>
        scenario with { Hosts = [change(scenario.Hosts[0])] };
}
