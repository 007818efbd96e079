using HmmSim.Conformance.Scripts;
using HmmSim.Conformance.Systems;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Tests.Scripts;

/// <summary>
/// A system passes the kernel's selftests: derive with its factory, and every file is run on it, for both kinds of device memory.
/// </summary>
/// <param name="systems">Makes a fresh system with devices of a kind.</param>
public abstract class SystemSelftests(Func<DeviceMemoryKind, ICallSystem> systems)
{
    public static TheoryData<string, DeviceMemoryKind> Files() => SelftestFileTests.Files();

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_step_answers_what_it_must(string file, DeviceMemoryKind devices)
    {
        ICallSystem system = systems(devices);
        using IDisposable? disposable = system as IDisposable;
        IScriptMachine machine = ScriptRunner.Run(SelftestFiles.Load(file), devices, system, CancellationToken.None);
        Assert.True(machine.Failures.Count == 0, $"{file}\n{string.Join('\n', machine.Failures.Take(10))}");
    }
}
