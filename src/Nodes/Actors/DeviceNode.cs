using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol;
using HmmSim.Protocol.Accesses;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Actors;

/// <summary>A device: its memory machine, and warps that run beside it.</summary>
internal sealed partial class DeviceNode(
    SystemPlan plan, int index, DeviceMemorySpec spec, VirtualDuration faultLatency, IReadOnlyList<StreamExecution> streams)
    : MemoryNode(plan, index, streams)
{
    /// <summary>The machine.</summary>
    public DeviceMemory Memory { get; } = plan.NewDevice(spec, plan.Layout);

    /// <inheritdoc/>
    public override Translation Translate(VirtualPageNumber begin, int pages, AccessKind kind) =>
        DeviceTranslator.Translate(Memory, Space, AreaOf, begin, pages, kind == AccessKind.Write);

    /// <inheritdoc/>
    public override void IncrementValues(VirtualPageNumber begin, int pages) => DeviceTranslator.IncrementValues(Memory, Space, begin, pages);

    /// <inheritdoc/>
    public override void RaiseFault(int warp, VirtualPageNumber page, AccessKind kind, VirtualTime at) =>
        Post(Index, AccessMessages.DeviceFault(Memory.Id, new(Space, page), warp, kind == AccessKind.Write, Processor.FaultActionOf(warp)), at + faultLatency);

    /// <inheritdoc/>
    public override void AccessRemote(int warp, VirtualPageNumber page, AccessKind kind, int accesses, VirtualTime at)
    {
        PageAddress address = new(Space, page);
        PageFrameNumber frame = Memory.Entry(Space, page).Frame;
        MemoryId home = Plan.Layout.HomeOf(address.Block);
        SendControl(AccessMessages.RemoteAccess(Memory.Id, home, address, frame, warp, kind == AccessKind.Write, accesses * RemoteAccessBytes), at);
    }

    /// <inheritdoc/>
    protected override void Step(Message message, in StepContext context, EffectBuffer effects) => Memory.Step(context, message, effects);

    /// <inheritdoc/>
    protected override bool WaitsFor(MemoryId endpoint, int warp) => true;

    /// <inheritdoc/>
    protected override void RaiseUnmap(int warp, VirtualBlockNumber block, VirtualTime at) =>
        throw new InvalidOperationException($"{Name} is a device: only a CPU unmaps");
}
