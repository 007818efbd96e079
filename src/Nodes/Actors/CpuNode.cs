using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol;
using HmmSim.Protocol.Accesses;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Actors;

/// <summary>
/// A host's CPU memory: the home of its own ranges, and, for ranges whose home is another host, RAM lent to them, which is a
/// device memory whose warps are CPU threads.
/// </summary>
internal sealed partial class CpuNode(
    SystemPlan plan, int index, CpuMemorySpec spec, DeviceMemorySpec? lentSpec, VirtualDuration faultOverhead, IReadOnlyList<StreamExecution> streams)
    : MemoryNode(plan, index, streams)
{
    private const int ProcessThread = -1; // no warp of a stream

    private readonly Dictionary<int, MemoryId> _faultedAt = [];

    /// <summary>The home machine.</summary>
    public CpuMemory Home { get; } = plan.NewHome(spec, plan.Layout);

    /// <summary>The RAM lent to other hosts' ranges, or null.</summary>
    public DeviceMemory? Lent { get; } = lentSpec is null ? null : plan.NewDevice(lentSpec, plan.Layout);

    /// <inheritdoc/>
    public override Translation Translate(VirtualPageNumber begin, int pages, AccessKind kind)
    {
        bool write = kind == AccessKind.Write;
        PageTable<CpuEntryLayout> table = Home.Table(Space);
        TranslationKind first = Home.Translate(new PageTableEntry(table[begin]), write);
        if (first != TranslationKind.Local)
        {
            return first == TranslationKind.Remote ? new Translation(first, 1) : TranslateElsewhere(begin, pages, write);
        }

        int alike = table.TryGetWhole(begin.Block, out _) ? Math.Min(pages, VirtualBlockNumber.Pages - begin.IndexInBlock) : 1;
        while (alike < pages && Home.Translate(new PageTableEntry(table[begin + alike]), write) == TranslationKind.Local)
        {
            alike++;
        }

        return new Translation(TranslationKind.Local, alike);
    }

    /// <inheritdoc/>
    public override void IncrementValues(VirtualPageNumber begin, int pages)
    {
        if (!IsHomeOf(begin))
        {
            DeviceTranslator.IncrementValues(Lent!, Space, begin, pages);
            return;
        }

        for (int i = 0; i < pages; i++)
        {
            PageFrameNumber frame = Home.Entry(Space, begin + i).Frame;
            Home.Ram.WriteValue(frame, Home.Ram.ReadValue(frame) + 1);
        }
    }

    /// <inheritdoc/>
    public override void RaiseFault(int warp, VirtualPageNumber page, AccessKind kind, VirtualTime at)
    {
        bool write = kind == AccessKind.Write;
        PageAddress address = new(Space, page);
        Message fault = IsHomeOf(page)
            ? AccessMessages.CpuFault(Home.Id, address, warp, write)
            : AccessMessages.DeviceFault(Lent!.Id, address, warp, write, FaultAction.Migrate);
        _faultedAt[warp] = fault.To;
        Post(Index, fault, at + faultOverhead);
    }

    /// <inheritdoc/>
    public override void AccessRemote(int warp, VirtualPageNumber page, AccessKind kind, int accesses, VirtualTime at)
    {
        PageFrameNumber frame = Home.Entry(Space, page).Frame;
        MemoryId owner = Plan.Layout.Memories.Of(frame).Id;
        PageAddress address = new(Space, page);
        SendControl(AccessMessages.RemoteAccess(Home.Id, owner, address, frame, warp, kind == AccessKind.Write, accesses * RemoteAccessBytes), at);
    }

    /// <summary>How the call of a process ended that <see cref="BeginCall"/> has begun; null while it is under way.</summary>
    public CallResult? LastResult { get; private set; }

    /// <summary>A process on this CPU makes a call, of its CPU memory or of a device's driver.</summary>
    public void BeginCall(MemoryId target, Call call, VirtualTime at)
    {
        LastResult = null;
        SendControl(
            new Message
            {
                Kind = MessageKind.Call,
                From = Home.Id,
                To = target,
                Block = new BlockKey(call.Space, call.Begin.Block),
                Thread = ProcessThread,
                Call = call,
            },
            at);
    }

    /// <inheritdoc/>
    protected override void CallEnded(int thread, CallResult result, VirtualTime at)
    {
        if (thread == ProcessThread)
        {
            LastResult = result;
        }
        else
        {
            base.CallEnded(thread, result, at);
        }
    }

    /// <inheritdoc/>
    protected override void Step(Message message, in StepContext context, EffectBuffer effects) =>
        _ = message.To == Home.Id ? Home.Step(context, message, effects) : Lent!.Step(context, message, effects);

    /// <inheritdoc/>
    protected override bool WaitsFor(MemoryId endpoint, int warp) => _faultedAt[warp] == endpoint;

    /// <inheritdoc/>
    protected override void RaiseUnmap(int warp, VirtualBlockNumber block, VirtualTime at)
    {
        _faultedAt[warp] = Home.Id;
        PageMask pages = Plan.Layout.FindArea(new BlockKey(Space, block))!.PagesIn(block);
        Message unmap = new()
        {
            Kind = MessageKind.Call,
            From = Home.Id,
            To = Home.Id,
            Block = new BlockKey(Space, block),
            Thread = warp,
            Call = new Call { Kind = CallKind.Unmap, Space = Space, Begin = block.Page(pages.First), PageCount = pages.Count },
        };
        Post(Index, unmap, at + faultOverhead);
    }

    private Translation TranslateElsewhere(VirtualPageNumber begin, int pages, bool write)
    {
        if (AreaOf(begin) is not { } area)
        {
            return new Translation(TranslationKind.Refused, 1);
        }

        if (area.Home == Home.Id)
        {
            return new Translation(Home.Allows(Space, begin, write) ? TranslationKind.Fault : TranslationKind.Refused, 1);
        }

        Translation translation = DeviceTranslator.Translate(Lent!, Space, AreaOf, begin, pages, write);
        return translation.Kind == TranslationKind.Remote ? new Translation(TranslationKind.Refused, 1) : translation;
    }

    private bool IsHomeOf(VirtualPageNumber page) => AreaOf(page)!.Home == Home.Id;
}
