using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Nodes.Tests.Scenarios;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Topology;
using static HmmSim.Nodes.Tests.Simulation.SmallScenario;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>Links change results as a user would expect.</summary>
public sealed class LinkDirectionTests
{
    // gpu1 reads what gpu0 wrote.
    private static readonly Scenario Handover = ScenarioText.Load("""
        name: handover
        hosts:
          - name: host0
            cpu: { name: cpu0, ram: 256MiB }
            devices:
              - { name: gpu0, memory: 8MiB, preset: gtx1080ti }
              - { name: gpu1, memory: 8MiB, preset: gtx1080ti }
        links:
          - { between: [cpu0, gpu0], preset: pcie3_x16 }
          - { between: [cpu0, gpu1], preset: pcie3_x16 }
          - { between: [gpu0, gpu1], preset: nvlink2 }
        buffers:
          - { name: data, size: 4MiB, home: cpu0 }
        streams:
          - { name: write, processor: gpu0, pattern: sequential, buffer: data, access: write, warps: 8 }
          - { name: read, processor: gpu1, pattern: sequential, buffer: data, warps: 8, start_after: [write] }

        """);

    [Fact]
    public void A_faster_link_copies_faster_and_never_ends_later()
    {
        RunReport slow = Simulate.Run(OneDevice);
        RunReport fast = Simulate.Run(OneDevice.WithLinks(link => link with { Bandwidth = new Bandwidth(4 * link.Bandwidth.BytesPerSecond) }));
        Assert.True(fast.End() < slow.End());
        Assert.True(fast.Phase(FaultPhase.Copy).P50 < slow.Phase(FaultPhase.Copy).P50);
        Assert.Equal(slow.Device().PagesIn, fast.Device().PagesIn);
    }

    [Fact]
    public void A_link_with_more_latency_ends_later()
    {
        RunReport near = Simulate.Run(OneDevice);
        RunReport far = Simulate.Run(OneDevice.WithLinks(link => link with { Latency = Nanoseconds(10_000) }));
        Assert.True(far.End() > near.End());
        Assert.True(far.Phase(FaultPhase.DeviceTotal).P50 > near.Phase(FaultPhase.DeviceTotal).P50);
    }

    [Fact]
    public void Copies_between_devices_go_directly_or_twice_over_the_links_of_the_ram()
    {
        RunReport direct = Simulate.Run(Handover);
        RunReport staged = Simulate.Run(Handover.WithDevices(device => device with { PeerCopy = PeerCopy.ThroughRam }));
        long bytes = direct.Bytes(MigrationDirection.DeviceToDevice);
        Assert.Equal(4L << 20, bytes);
        Assert.True(direct.LinkBytes("gpu0", "gpu1") >= bytes);
        Assert.True(direct.LinkBytes("gpu0", "cpu0") < bytes);
        Assert.True(staged.LinkBytes("gpu0", "cpu0") >= direct.LinkBytes("gpu0", "cpu0") + bytes);
        Assert.True(staged.LinkBytes("cpu0", "gpu1") >= direct.LinkBytes("cpu0", "gpu1") + bytes);
        Assert.True(staged.LinkBytes("gpu0", "gpu1") < bytes);
        Assert.True(staged.End() > direct.End());
    }
}
