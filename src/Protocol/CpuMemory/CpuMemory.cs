using HmmSim.Protocol.Accesses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol;

/// <summary>
/// The CPU memory machine: the RAM of one host, and the address spaces of every range whose home the host is. It decides
/// where each page is; nothing moves a page but its transactions.
/// </summary>
/// <remarks>
/// <para>
/// Models <c>mm/memory.c</c> (fault), <c>mm/migrate_device.c</c> (collect, unmap, migrate pages, finalize), <c>mm/hmm.c</c>
/// (range fault), the sending side of <c>mmu_interval_notifier</c>, and the system calls that change an address space. A page is
/// locked by one transaction (<see cref="BlockActivity"/>); collect only tries (busy pages are left out or waited for before
/// anything is locked), as the kernel's trylock does. <c>mmap_lock</c> is in <see cref="AddressSpace"/>.
/// </para>
/// <para>
/// Why no deadlock: a transaction never waits for another. It waits for acknowledgements and copies, which every memory gives
/// without waiting for anybody. Only requests and calls wait for transactions. A call that holds <c>mmap_lock</c> for writing has
/// waited for all transactions of its address space before.
/// </para>
/// </remarks>
public partial class CpuMemory
{
    private readonly CpuMemorySpec _spec;
    private readonly SystemLayout _layout;
    private readonly List<AddressSpace?> _spaces = [];
    private readonly Dictionary<BlockKey, BlockActivity> _activity = [];
    private readonly Dictionary<TransactionId, MigrationTransaction> _migrations = [];
    private readonly Dictionary<TransactionId, FaultTransaction> _faults = [];
    private readonly Dictionary<TransactionId, CallTransaction> _calls = [];
    private readonly Dictionary<BlockKey, List<MirrorMapping>> _mirrors = [];
    private readonly Queue<(Message Message, bool IsGranted)> _woken = new();
    private uint _transactionCount;
    private bool _isGranted;

    /// <summary>A memory with nothing in it but the areas that the layout gives it.</summary>
    public CpuMemory(CpuMemorySpec spec, SystemLayout layout)
    {
        _spec = spec;
        _layout = layout;
        MemorySpec memory = layout.Memories[spec.Id];
        Ram = new FramePool(memory.FirstFrame, memory.FrameCount, layout.TracksValues);
        foreach (AddressSpaceLayout space in layout.Spaces)
        {
            AddressSpace own = OpenSpace(space.Id);
            foreach (VmArea area in space.Areas.Where(area => area.Home == Id))
            {
                own.Areas.Insert(new Vma
                {
                    Begin = area.Begin,
                    End = area.End,
                    Protections = area.IsWritable ? Protections.ReadWrite : Protections.Read,
                    Backing = AreaBacking.Anonymous,
                    PageOffset = (long)area.Begin.Value,
                    Flags = area.IsWritable ? AreaFlags.Accounted : AreaFlags.None,
                });
            }
        }
    }

    /// <summary>The RAM this memory is.</summary>
    public MemoryId Id => _spec.Id;

    /// <summary>Its frames.</summary>
    public FramePool Ram { get; }

    /// <summary>The address spaces that have a range here, by number; null where a number is not in use.</summary>
    public IReadOnlyList<AddressSpace?> Spaces => _spaces;

    /// <summary>The page table of an address space on this host.</summary>
    public PageTable<CpuEntryLayout> Table(AddressSpaceId space) => Space(space).Table;

    /// <summary>The entry of a page.</summary>
    public PageTableEntry Entry(AddressSpaceId space, VirtualPageNumber page) => new(Table(space)[page]);

    /// <summary>What an access meets at an entry: the memory it names, or a fault; whether that is allowed, <see cref="Allows"/> tells.</summary>
    public TranslationKind Translate(PageTableEntry entry, bool write) =>
        !entry.IsPresent || (write && !entry.IsWritable) ? TranslationKind.Fault
        : entry.IsZeroPage || Ram.Owns(entry.Frame) ? TranslationKind.Local
        : TranslationKind.Remote;

    /// <summary>Whether the address space allows an access to a page whose home this is: it lies in an area that permits it.</summary>
    public bool Allows(AddressSpaceId space, VirtualPageNumber page, bool write) =>
        Space(space).Areas.Find(page) is { } area && (write ? area.IsWritable : area.Protections != Protections.None);

    /// <summary>Handles one message; what follows is in <paramref name="effects"/>.</summary>
    /// <exception cref="ImpossibleStepException">The message cannot arrive in this state.</exception>
    /// <exception cref="OutOfFramesException">The RAM is too small for what is asked of it.</exception>
    public Verdict Step(in StepContext context, Message message, EffectBuffer effects)
    {
        Verdict verdict = Dispatch(context, message, effects);
        while (_woken.TryDequeue(out (Message Message, bool IsGranted) woken))
        {
            _isGranted = woken.IsGranted;
            Dispatch(context, woken.Message, effects);
            _isGranted = false;
        }

        TellOwners(effects);
        return verdict;
    }

    private Verdict Dispatch(in StepContext context, Message message, EffectBuffer effects) => message.Kind switch
    {
        MessageKind.CpuFault => CpuFault(context, message, effects),
        MessageKind.Call => Call(context, message, effects),
        MessageKind.CallDone => CallDone(message, effects),
        MessageKind.CpuUnmapDone => InvalidateProgress(context, message, effects),
        MessageKind.InvalidateAck => InvalidateProgress(context, message, effects),
        MessageKind.RangeFault => RangeFault(context, message, effects),
        MessageKind.RegisterMirror => RegisterMirror(message),
        MessageKind.UnregisterMirror => UnregisterMirror(message),
        MessageKind.MakeExclusive => RangeRequest(context, message, effects),
        MessageKind.MigrateVma => MigrateVma(context, message, effects),
        MessageKind.PageData => ReceivePageData(context, message, effects),
        MessageKind.CopyDone => CopyProgress(context, message, effects),
        MessageKind.RemoteAccess => RemoteAccess(message, effects),
        MessageKind.RemoteAccessReply => RemoteAccessReply(context, message, effects),
        MessageKind.None or MessageKind.DeviceFault or MessageKind.ServiceBatch or MessageKind.ServiceBlock
            or MessageKind.RangeFaultReply or MessageKind.MigrateToRam or MessageKind.InvalidateStart or MessageKind.InvalidateEnd
            or MessageKind.CopyPages or MessageKind.MigrateFinalize or MessageKind.FreePages or MessageKind.ExclusiveReply
            => throw Impossible("no CPU memory receives this kind", message),
    };

    internal AddressSpace Space(AddressSpaceId id) =>
        id.Value < _spaces.Count && _spaces[id.Value] is { } space ? space : OpenSpace(id);

    private AddressSpace OpenSpace(AddressSpaceId id)
    {
        while (_spaces.Count <= id.Value)
        {
            _spaces.Add(null);
        }

        return _spaces[id.Value] ??= new AddressSpace(id);
    }

    internal BlockActivity? ActivityOf(BlockKey block) => _activity.GetValueOrDefault(block);

    private BlockActivity OpenActivity(BlockKey block)
    {
        if (!_activity.TryGetValue(block, out BlockActivity? activity))
        {
            activity = new BlockActivity();
            _activity.Add(block, activity);
        }

        return activity;
    }

    private void CloseActivityIfIdle(BlockKey block)
    {
        if (ActivityOf(block) is { IsIdle: true })
        {
            _activity.Remove(block);
        }
    }

    private void Wake(List<Message> waiters)
    {
        foreach (Message waiter in waiters)
        {
            _woken.Enqueue((waiter, false));
        }

        waiters.Clear();
    }

    /// <summary>Numbers begin again at 1 when nothing is under way: nobody holds an old one then.</summary>
    private TransactionId NextTransaction()
    {
        _transactionCount = _migrations.Count + _faults.Count + _calls.Count == 0 ? 1 : _transactionCount + 1;
        return new TransactionId(Id, _transactionCount);
    }

    /// <summary>The memory a frame belongs to: RAM of this host, or another.</summary>
    private MemoryId OwnerOf(PageTableEntry entry) => OwnerOf(entry.Frame);

    private MemoryId OwnerOf(PageFrameNumber frame) => Ram.Owns(frame) ? Id : _layout.Memories.Of(frame).Id;

    private bool IsAddressable(MemoryId memory) =>
        memory == Id || _layout.Memories[memory].Type is not (MemoryType.DevicePrivate or MemoryType.RemoteRam);

    private bool IsDirect(MemoryId source, MemoryId destination) =>
        source == Id || destination == Id
        || (_layout.Memories[source].PeerCopy == PeerCopy.Direct && _layout.Memories[destination].PeerCopy == PeerCopy.Direct);

    private PageFrames AllocateRam(BlockKey block, in PageMask pages) => Ram.TryAllocate(block, pages, out PageFrames frames)
        ? frames
        : throw new OutOfFramesException(_layout.Memories[Id], pages.Count, Ram.FreeFrameCount);

    private PageFrameNumber AllocateRam(AddressSpaceId space, VirtualPageNumber page) =>
        AllocateRam(new BlockKey(space, page.Block), PageMask.Of(page.IndexInBlock))[page.IndexInBlock];

    private static ImpossibleStepException Impossible(string state, Message message) => new(nameof(CpuMemory), state, message);
}
