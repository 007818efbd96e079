using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Actors;

/// <summary>
/// A node with memory: protocol machines, the processor beside them, and the interpreter of the machines' effects. What the two
/// kinds of memory have in common.
/// </summary>
internal abstract partial class MemoryNode : Node, ITranslation
{
    /// <summary>Bytes that a remote load or store moves: a cache line of a GPU.</summary>
    protected const int RemoteAccessBytes = 128;

    private readonly EffectBuffer _effects = new();
    private readonly Dictionary<int, (long Messages, long Bytes)> _controlTraffic = [];
    private readonly Dictionary<int, VirtualTime> _channels = [];

    /// <summary>A node whose processor runs <paramref name="streams"/>.</summary>
    protected MemoryNode(SystemPlan plan, int index, IReadOnlyList<StreamExecution> streams)
        : base(plan, index)
    {
        Processor = new Processor(this, streams)
        {
            StreamEnded = AnnounceStreamEnd,
            Unmap = RaiseUnmap,
            TracksValues = plan.Layout.TracksValues,
        };
    }

    /// <summary>
    /// Takes what the machines tell threads, in place of the processor: message handled and effect. Null where the processor runs them.
    /// </summary>
    public Action<Message, Effect>? ThreadsToldBy { get; set; }

    /// <summary>Memories and address spaces of the run.</summary>
    public SystemLayout Layout => Plan.Layout;

    /// <summary>The processor beside the memory.</summary>
    public Processor Processor { get; }

    /// <summary>What the machines noted.</summary>
    public NodeRecord Record { get; } = new();

    /// <summary>Digest of all steps.</summary>
    public TraceHash Trace { get; } = new();

    /// <summary>Messages and bytes of control messages and remote accesses, by the node they went to.</summary>
    public IReadOnlyDictionary<int, (long Messages, long Bytes)> ControlTraffic => _controlTraffic;

    /// <inheritdoc/>
    public override VirtualTime NextAccess => Processor.NextAccess;

    /// <inheritdoc/>
    public override void Advance(VirtualTime until) => Processor.CatchUp(until);

    /// <inheritdoc/>
    public override void Handle(TimedMessage message)
    {
        Processor.CatchUp(message.ActsAt);
        switch (message)
        {
            case Message protocol:
                Step(protocol);
                break;
            case ResumeMessage { Warp: >= 0 } resume:
                Processor.Resume(resume.Warp, resume.ActsAt);
                break;
            case ResumeMessage replay:
                Replay(replay.Endpoint, replay.ActsAt);
                break;
            case StreamEndedMessage ended:
                Processor.DependencyEnded(ended.Stream, ended.ActsAt);
                break;
            default:
                base.Handle(message);
                break;
        }
    }

    /// <summary>Sends a message of a thread beside the machine that nothing of this node runs.</summary>
    public void SendNow(Message message, VirtualTime at) => SendControl(message, at);

    /// <inheritdoc/>
    public abstract Translation Translate(VirtualPageNumber begin, int pages, AccessKind kind);

    /// <inheritdoc/>
    public abstract void IncrementValues(VirtualPageNumber begin, int pages);

    /// <inheritdoc/>
    public abstract void RaiseFault(int warp, VirtualPageNumber page, AccessKind kind, VirtualTime at);

    /// <inheritdoc/>
    public abstract void AccessRemote(int warp, VirtualPageNumber page, AccessKind kind, int accesses, VirtualTime at);

    /// <summary>Lets the machine that the message is for handle it.</summary>
    protected abstract void Step(Message message, in StepContext context, EffectBuffer effects);

    /// <summary>Whether a warp waits for a fault of this memory of the node.</summary>
    protected abstract bool WaitsFor(MemoryId endpoint, int warp);

    /// <summary>A block is to be unmapped.</summary>
    protected abstract void RaiseUnmap(int warp, VirtualBlockNumber block, VirtualTime at);

    /// <summary>The one address space of a scenario.</summary>
    protected static AddressSpaceId Space => default;

    /// <summary>The area a page lies in.</summary>
    protected VmArea? AreaOf(VirtualPageNumber page) => Plan.Layout.FindArea(Space, page);

    /// <summary>Sends over the control path: first-in first-out for each pair of nodes, whatever their delays.</summary>
    protected void SendControl(Message message, VirtualTime at)
    {
        int node = Plan.NodeOf[message.To];
        if (node == Index)
        {
            Post(node, message, at);
            return;
        }

        Route route = RouteTo(node);
        VirtualTime leaves = message.AccessBytes == 0 ? at : Links[route.Links[0]].Access(at, message.AccessBytes);
        VirtualTime arrives = VirtualTime.Max(leaves + route.Latency, _channels.GetValueOrDefault(node));
        _channels[node] = arrives;
        (long messages, long bytes) = _controlTraffic.GetValueOrDefault(node);
        _controlTraffic[node] = (messages + 1, bytes + message.AccessBytes);
        Post(node, message, arrives);
    }

    private void Step(Message message)
    {
        Trace.Add(message);
        Record.Steps++;
        if (message.Kind is MessageKind.CpuFault or MessageKind.DeviceFault && ThreadsToldBy is null)
        {
            Processor.FaultArrived(message.Thread);
            Record.FaultsRaised++;
        }

        _effects.Clear();
        Step(message, new StepContext(message.ActsAt), _effects);
        for (int i = 0; i < _effects.Count; i++)
        {
            Perform(message, _effects[i]);
        }
    }

    private void Perform(Message cause, in Effect effect)
    {
        VirtualTime at = cause.ActsAt + effect.Delay;
        switch (effect.Kind)
        {
            case EffectKind.Send:
                SendControl(effect.Message!, at);
                break;
            case EffectKind.Copy:
                int target = Plan.NodeOf[effect.Message!.To];
                Forward(effect.Message, RouteTo(target), 0, effect.Amount, at, at);
                break;
            case EffectKind.SetTimer:
                Post(Index, effect.Message!, at);
                break;
            case EffectKind.Wake or EffectKind.Replay or EffectKind.Complete when ThreadsToldBy is { } tell:
                tell(cause, effect);
                break;
            case EffectKind.Wake when effect.Delay == VirtualDuration.Zero:
                Processor.Resume(effect.Thread, at);
                break;
            case EffectKind.Wake:
                Post(Index, new ResumeMessage(cause.To, effect.Thread), at);
                break;
            case EffectKind.Complete:
                CallEnded(effect.Thread, effect.Result!, at);
                break;
            case EffectKind.Replay:
                Record.Replays++;
                Post(Index, new ResumeMessage(cause.To, -1), at);
                break;
            case EffectKind.Note:
                Record.Add(effect);
                break;
            default:
                throw new InvalidOperationException($"{effect.Kind} is no effect");
        }
    }

    /// <summary>A call has ended: its thread goes on.</summary>
    protected virtual void CallEnded(int thread, CallResult result, VirtualTime at) => Processor.Resume(thread, at);

    private void Replay(MemoryId endpoint, VirtualTime at) => Processor.Replay(warp => WaitsFor(endpoint, warp), at);

    private void AnnounceStreamEnd(StreamExecution stream)
    {
        foreach (int node in Plan.NodesWaitingForStream[stream.Number])
        {
            Post(node, new StreamEndedMessage(stream.Number), stream.EndedAt + RouteTo(node).Latency);
        }
    }
}
