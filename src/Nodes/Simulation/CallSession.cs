using System.Collections.Immutable;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Simulation;

/// <summary>
/// Processes of one host that make one call after the other, on the real actors: each call is a message to the CPU memory or to a
/// device's driver, and virtual time runs until it has ended and nothing is under way.
/// </summary>
public sealed class CallSession : IDisposable
{
    private readonly LaneRuntime _runtime;
    private readonly IReadOnlyList<Node> _nodes;
    private readonly CpuNode _cpu;
    private readonly DeviceNode[] _devices;

    /// <summary>Makes the actors of a host: a scenario without buffers and streams.</summary>
    /// <param name="scenario">One host with its devices and links; values of pages are tracked.</param>
    /// <param name="lanes">Lanes, at least 1.</param>
    public CallSession(Scenario scenario, int lanes = 1)
    {
        _nodes = SystemBuilder.Build(scenario);
        _cpu = _nodes.OfType<CpuNode>().Single();
        _devices = [.. _nodes.OfType<DeviceNode>()];
        _runtime = new LaneRuntime(new LaneSettings { Lanes = lanes, Lookahead = ActorSimulator.LookaheadOf(scenario) });
        LocalSimulation.Wire(_nodes, _runtime, lanes);
    }

    /// <summary>The CPU memory's machine; to be looked at between two calls.</summary>
    public CpuMemory CpuMemory => _cpu.Home;

    /// <summary>The devices' machines; to be looked at between two calls.</summary>
    public IReadOnlyList<DeviceMemory> DeviceMemories => [.. _devices.Select(device => device.Memory)];

    /// <summary>Virtual time at the end of the last call.</summary>
    public VirtualTime Now => _runtime.Now;

    /// <summary>Protocol messages handled so far.</summary>
    public long Steps => _runtime.Steps;

    /// <summary>Digest of all steps so far, in hexadecimal.</summary>
    public string TraceHash => Observation.TraceHash.Combine(_nodes.OfType<MemoryNode>().Select(node => new ReadOnlyMemory<byte>(node.Trace.Digest())));

    /// <summary>Makes a call and lets virtual time run until it has ended.</summary>
    /// <param name="device">The device whose driver is asked, from 0; -1 for the CPU memory.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="InvalidOperationException">The call has not ended although nothing is under way.</exception>
    /// <exception cref="StepFailedException">A machine refused a message.</exception>
    public CallResult Perform(int device, Call call)
    {
        _cpu.BeginCall(device < 0 ? _cpu.Home.Id : _devices[device].Memory.Id, call, VirtualTime.Max(_runtime.Now, _runtime.Horizon));
        _runtime.Run();
        return _cpu.LastResult ?? throw new InvalidOperationException($"{call.Kind} has not ended, and nothing is under way");
    }

    /// <summary>What the conservation checks find wrong now, one line each.</summary>
    public IReadOnlyList<string> Check() =>
        Protocol.Conservation.ConservationCheck.Run(_cpu.Layout, [_cpu.Home], _devices.Select(device => device.Memory));

    /// <inheritdoc/>
    public void Dispose() => _runtime.Dispose();
}
