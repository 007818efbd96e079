using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Simulation;

/// <summary>
/// The real actors of a small system, on the real lane dispatcher, whose deliveries somebody else chooses: one message after the other is
/// handled, and between two of them every machine can be looked at. Virtual time is stamped as ever and decides nothing.
/// </summary>
public sealed class SteppedSystem : IDisposable
{
    private static readonly VirtualDuration Latency = VirtualDuration.FromMicroseconds(1);

    private readonly LaneRuntime _runtime;
    private readonly MemoryNode[] _nodes;

    /// <summary>Makes the actors: a host's CPU memory first, then the others, each pair joined by a link of its own.</summary>
    /// <param name="layout">The memories; the first is RAM, the others are devices or lent RAM.</param>
    /// <param name="newHome">Makes the home's machine.</param>
    /// <param name="newDevice">Makes the machine of another memory, by its number.</param>
    /// <param name="told">Is told what a machine tells a thread: position of the machine, message handled, effect.</param>
    public SteppedSystem(SystemLayout layout, Func<CpuMemory> newHome, Func<MemoryId, DeviceMemory> newDevice, Action<int, Message, Effect> told)
    {
        string[] names = [.. layout.Memories.Memories.Select(memory => memory.Name)];
        SystemPlan plan = new()
        {
            Layout = layout,
            Graph = new InterconnectGraph(names, [.. LinksOf(names)], names[1..]),
            NodeOf = layout.Memories.Memories.Select((memory, position) => (memory.Id, position)).ToDictionary(pair => pair.Id, pair => pair.position),
            NodesWaitingForStream = [],
            NewHome = (_, _) => newHome(),
            NewDevice = (spec, _) => newDevice(spec.Id),
        };
        _nodes =
        [
            .. layout.Memories.Memories.Select((memory, position) => position == 0
                ? (MemoryNode)new CpuNode(plan, position, new CpuMemorySpec { Id = memory.Id }, null, Latency, [])
                : new DeviceNode(plan, position, new DeviceMemorySpec { Id = memory.Id }, Latency, [])),
        ];
        for (int position = 0; position < _nodes.Length; position++)
        {
            int self = position;
            _nodes[position].ThreadsToldBy = (cause, effect) => told(self, cause, effect);
        }

        _runtime = new LaneRuntime(new LaneSettings { Lookahead = Latency });
        LocalSimulation.Wire(_nodes, _runtime, lanes: 1);
    }

    /// <summary>The home's machine.</summary>
    public CpuMemory Home => ((CpuNode)_nodes[0]).Home;

    /// <summary>What is on its way, in the order in which it was sent by each sender.</summary>
    public IReadOnlyList<Message> Pending => [.. _runtime.PendingMessages.OfType<Message>()];

    /// <summary>The machine of another memory.</summary>
    public DeviceMemory Device(int position) => ((DeviceNode)_nodes[position]).Memory;

    /// <summary>Sends a message from a node, as its machine or a thread beside it would.</summary>
    public void Send(int position, Message message) => _nodes[position].SendNow(message, _runtime.Now);

    /// <summary>Lets the actor of its receiver handle a pending message.</summary>
    /// <exception cref="StepFailedException">The machine refused the message; the system cannot go on.</exception>
    public void Deliver(Message message) => _runtime.DeliverNow(message);

    /// <inheritdoc/>
    public void Dispose() => _runtime.Dispose();

    private static IEnumerable<LinkSpec> LinksOf(string[] names) =>
        from sender in names
        from receiver in names
        where sender != receiver
        select new LinkSpec { From = sender, To = receiver, Latency = Latency, Bandwidth = new Bandwidth(10_000_000_000) };
}
