using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Tests.Scenarios;
using HmmSim.Protocol.Migration;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>What users run first: its balances hold and its figures fit together.</summary>
public sealed class ShippedScenarioTests
{
    [Fact]
    public void The_quickstart_balances_and_evicts_only_where_memory_is_short()
    {
        RunReport report = RunShipped("quickstart.yaml");
        Assert.True(report.Device("gpu0").EvictedChunks > 0);
        Assert.Equal(0, report.Device("gpu1").EvictedChunks);
        Assert.True(report.LinkBytes("cpu", "gpu") >= report.Bytes(MigrationDirection.HostToDevice));
        Assert.True(report.LinkBytes("gpu", "cpu") >= report.Bytes(MigrationDirection.DeviceToHost));
        Assert.True(report.LinkBytes("gpu", "gpu") >= report.Bytes(MigrationDirection.DeviceToDevice));
    }

    [Fact]
    public void Two_hosts_balance_and_use_each_others_memory()
    {
        RunReport report = RunShipped("two-hosts.yaml");
        Assert.All(report.Devices, device => Assert.Equal(0, device.EvictedChunks));
        Assert.True(report.Bytes(MigrationDirection.DeviceToRemoteHost) > 0);
        Assert.True(report.LinkBytes("cpu1", "cpu0") >= 48L << 20, "gpu1 fetched buffer 'right' from the other host");
        Assert.True(report.LinkBytes("cpu", "cpu") >= report.Bytes(MigrationDirection.DeviceToRemoteHost));
    }

    private static RunReport RunShipped(string name)
    {
        Scenario scenario = ScenarioLoader.Load(Path.Combine(Repository.Root, "scenarios", name));
        RunReport report = Simulate.Run(scenario, lanes: 2);
        Assert.NotEmpty(report.Checks);
        foreach (ProcessorReport processor in report.Processors)
        {
            Assert.Equal((processor.Name, ExpectedAccesses.Of(scenario, processor.Name)), (processor.Name, processor.Accesses));
            Assert.Equal(0, processor.RefusedAccesses);
            Assert.True(processor.EndTime <= report.End());
        }

        foreach (DeviceReport device in report.Devices)
        {
            Assert.InRange(device.PeakFramesInUse, 1, device.Frames);
            Assert.InRange(device.PagesIn - device.PagesOut, 0, device.Frames);
            Assert.True(device.FaultsRaised >= report.Processor(device.Name).Faults, "each fault raises at least one record");
        }

        Assert.All(report.Links, link => Assert.InRange(link.Utilisation, 0, 1));
        return report;
    }
}
