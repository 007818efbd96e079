using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol;

/// <summary>
/// The CPU memory machine: the RAM of one host, and the page tables of every address range whose home the host is. It decides
/// where each page is; nothing moves a page but its transactions.
/// </summary>
/// <remarks>
/// <para>
/// Models <c>mm/memory.c</c> (fault), <c>mm/migrate_device.c</c> (collect, unmap, migrate pages, finalize), <c>mm/hmm.c</c>
/// (range fault) and the sending side of <c>mmu_interval_notifier</c>. A page is locked by being in the
/// <see cref="MigrationTransaction.Locked"/> set of one transaction; collect only tries (busy pages are left out or waited for
/// before anything is locked), as the kernel's trylock does.
/// </para>
/// <para>
/// Why no deadlock: a transaction never waits for another. It waits for acknowledgements and copies, which every memory gives
/// without waiting for anybody. Only requests wait for transactions, and they hold nothing.
/// </para>
/// </remarks>
public sealed partial class CpuMemory
{
    private readonly CpuMemorySpec _spec;
    private readonly SystemLayout _layout;
    private readonly PageTable<CpuEntryLayout>[] _tables;
    private readonly Dictionary<BlockKey, BlockActivity> _activity = [];
    private readonly Dictionary<TransactionId, MigrationTransaction> _migrations = [];
    private readonly Dictionary<TransactionId, UnmapTransaction> _unmaps = [];
    private readonly Dictionary<BlockKey, List<MirrorMapping>> _mirrors = [];
    private readonly Dictionary<BlockKey, PageMask> _unmapped = [];
    private readonly Queue<Message> _woken = new();
    private uint _transactionCount;

    /// <summary>A memory with nothing in it.</summary>
    public CpuMemory(CpuMemorySpec spec, SystemLayout layout)
    {
        _spec = spec;
        _layout = layout;
        MemorySpec memory = layout.Memories[spec.Id];
        Ram = new FramePool(memory.FirstFrame, memory.FrameCount, layout.TracksValues);
        _tables = [.. layout.Spaces.Select(_ => new PageTable<CpuEntryLayout>())];
    }

    /// <summary>The RAM this memory is.</summary>
    public MemoryId Id => _spec.Id;

    /// <summary>Its frames.</summary>
    public FramePool Ram { get; }

    /// <summary>The page table of an address space on this host.</summary>
    public PageTable<CpuEntryLayout> Table(AddressSpaceId space) => _tables[space.Value];

    /// <summary>The entry of a page.</summary>
    public PageTableEntry Entry(AddressSpaceId space, VirtualPageNumber page) => new(_tables[space.Value][page]);

    /// <summary>Whether the address space allows an access to a page whose home this is: it lies in an area, is not unmapped, and may be written if asked.</summary>
    public bool Allows(AddressSpaceId space, VirtualPageNumber page, bool write) =>
        MappedPages(new BlockKey(space, page.Block), out bool isWritable).Contains(page.IndexInBlock) && (isWritable || !write);

    /// <summary>Handles one message; what follows is in <paramref name="effects"/>.</summary>
    /// <exception cref="ImpossibleStepException">The message cannot arrive in this state.</exception>
    /// <exception cref="OutOfFramesException">The RAM is too small for what is asked of it.</exception>
    public Verdict Step(in StepContext context, Message message, EffectBuffer effects)
    {
        Verdict verdict = Dispatch(context, message, effects);
        while (_woken.TryDequeue(out Message? waiter))
        {
            Dispatch(context, waiter, effects);
        }

        return verdict;
    }

    private Verdict Dispatch(in StepContext context, Message message, EffectBuffer effects) => message.Kind switch
    {
        MessageKind.CpuFault => CpuFault(context, message, effects),
        MessageKind.Unmap => Unmap(message, effects),
        MessageKind.CpuUnmapDone => UnmapProgress(context, message, effects),
        MessageKind.InvalidateAck => UnmapProgress(context, message, effects),
        MessageKind.RangeFault => RangeFault(context, message, effects),
        MessageKind.MigrateVma => MigrateVma(context, message, effects),
        MessageKind.PageData => ReceivePageData(context, message, effects),
        MessageKind.CopyDone => CopyProgress(context, message, effects),
        MessageKind.RemoteAccess => RemoteAccess(message, effects),
        MessageKind.None or MessageKind.DeviceFault or MessageKind.ServiceBatch or MessageKind.ServiceBlock
            or MessageKind.RangeFaultReply or MessageKind.MigrateToRam or MessageKind.InvalidateStart or MessageKind.InvalidateEnd
            or MessageKind.CopyPages or MessageKind.MigrateFinalize or MessageKind.FreePages or MessageKind.RemoteAccessReply
            => throw Impossible("no CPU memory receives this kind", message),
    };

    private BlockActivity? ActivityOf(BlockKey block) => _activity.GetValueOrDefault(block);

    private BlockActivity OpenActivity(BlockKey block)
    {
        if (!_activity.TryGetValue(block, out BlockActivity? activity))
        {
            activity = new BlockActivity();
            _activity.Add(block, activity);
        }

        return activity;
    }

    private TransactionId NextTransaction() => new(Id, ++_transactionCount);

    /// <summary>If an unmap has the block for itself, the message waits for its end.</summary>
    private bool WaitsForUnmap(Message message)
    {
        if (ActivityOf(message.Block)?.Unmap is not { } unmap)
        {
            return false;
        }

        unmap.Waiters.Add(message);
        return true;
    }

    /// <summary>The pages of a block that the address space has: its area less what was unmapped.</summary>
    private PageMask MappedPages(BlockKey block, out bool isWritable)
    {
        VmArea? area = _layout[block.Space].Find(block.Block);
        isWritable = area is { IsWritable: true };
        return area is null || area.Home != Id ? default : area.PagesIn(block.Block) - _unmapped.GetValueOrDefault(block);
    }

    /// <summary>A locked page counts as one in flight, also while its entry still names the owner.</summary>
    private static EntryKind KindOf(PageTableEntry entry, in PageMask locked, int page) =>
        locked.Contains(page) ? EntryKind.Migration : entry.Kind;

    private bool IsDirect(MemoryId source, MemoryId destination) =>
        source == Id || destination == Id
        || (_layout.Memories[source].PeerCopy == PeerCopy.Direct && _layout.Memories[destination].PeerCopy == PeerCopy.Direct);

    private PageFrames AllocateRam(BlockKey block, in PageMask pages) => Ram.TryAllocate(block, pages, out PageFrames frames)
        ? frames
        : throw new OutOfFramesException(_layout.Memories[Id], pages.Count, Ram.FreeFrameCount);

    private static ImpossibleStepException Impossible(string state, Message message) => new(nameof(CpuMemory), state, message);
}
