using HmmSim.Conformance.Replay;
using HmmSim.Conformance.Systems;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Scripts;

/// <summary>Runs a script scenario on a system that carries out one call at a time.</summary>
public static class ScriptRunner
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="scenario">The script.</param>
    /// <param name="devices">The kind of device memory that the system has.</param>
    /// <param name="system">A fresh system.</param>
    /// <param name="cancellation">Stops between two calls.</param>
    /// <returns>The machine, with its failures.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IScriptMachine Run(ScriptScenario scenario, DeviceMemoryKind devices, ICallSystem system,
        CancellationToken cancellation)
    {
        ScriptMachine machine = new(scenario, devices);
        foreach (NewFile file in machine.Files)
        {
            system.MakeFile(file.Id, file.PageValues);
        }

        while (machine.Next() is { } targeted)
        {
            cancellation.ThrowIfCancellationRequested();
            machine.Completed(system.Perform(targeted.Device, targeted.Call));
        }

        return machine;
    }
}
