using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Notifiers;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol;

/// <summary>
/// The device memory machine: the frames of one memory that its homes' CPUs cannot address, the device's page table, and the
/// driver with its fault buffer. The RAM a host lends to ranges of another host is the same machine, with CPU threads for warps.
/// </summary>
/// <remarks>
/// <para>
/// Models a driver on top of HMM: fault batches and replay of <c>uvm_gpu_replayable_faults.c</c>, range fault with
/// collision-retry of <c>hmm_range_fault</c> users, <c>migrate_to_ram</c>, eviction by root chunk in order of allocation of
/// <c>uvm_pmm_gpu.c</c>.
/// </para>
/// <para>
/// Why no deadlock: what a home asks (invalidate, copy, free, migrate to RAM) is answered in the same step, whatever the driver
/// waits for itself. The driver waits only for answers of homes, which come without its help.
/// </para>
/// </remarks>
public partial class DeviceMemory
{
    private readonly DeviceMemorySpec _spec;
    private readonly SystemLayout _layout;
    private readonly List<PageTable<DeviceEntry>?> _tables = [];
    private readonly Dictionary<BlockKey, PageMask> _reserved = [];
    private readonly Dictionary<BlockKey, PageMask> _leaving = []; // copied away, not yet freed
    private readonly bool _servesCpu; // lent RAM: a CPU reaches no RAM of another host, so what cannot come now is faulted again
    private readonly Dictionary<uint, DeviceRequest> _requests = [];
    private readonly List<DeviceRequest> _walksWaiting = [];
    private uint _requestCount;

    /// <summary>A memory with nothing in it.</summary>
    public DeviceMemory(DeviceMemorySpec spec, SystemLayout layout)
    {
        _spec = spec;
        _layout = layout;
        MemorySpec memory = layout.Memories[spec.Id];
        _servesCpu = memory.Type == MemoryType.RemoteRam;
        Frames = new FramePool(memory.FirstFrame, memory.FrameCount, layout.TracksValues);
        if (memory.IsMappedInPlace)
        {
            TakeAllFrames();
        }
    }

    /// <summary>The memory this machine is.</summary>
    public MemoryId Id => _spec.Id;

    /// <summary>Its frames.</summary>
    public FramePool Frames { get; }

    /// <summary>What homes have been asked and have not answered yet, by number.</summary>
    private protected IReadOnlyDictionary<uint, DeviceRequest> Requests => _requests;

    /// <summary>The collision-retry state.</summary>
    public IntervalNotifiers Notifiers { get; } = new();

    /// <summary>The device's page table of an address space.</summary>
    public PageTable<DeviceEntry> Table(AddressSpaceId space)
    {
        while (_tables.Count <= space.Value)
        {
            _tables.Add(null);
        }

        return _tables[space.Value] ??= new PageTable<DeviceEntry>();
    }

    /// <summary>The device's entry of a page.</summary>
    public DeviceEntry Entry(AddressSpaceId space, VirtualPageNumber page) => new(Table(space)[page]);

    /// <summary>Handles one message; what follows is in <paramref name="effects"/>.</summary>
    /// <exception cref="ImpossibleStepException">The message cannot arrive in this state.</exception>
    public Verdict Step(in StepContext context, Message message, EffectBuffer effects) => message.Kind switch
    {
        MessageKind.DeviceFault => DeviceFault(context, message, effects),
        MessageKind.Call => DriverCall(context, message, effects),
        MessageKind.ServiceBatch => ServiceBatch(context, effects),
        MessageKind.ServiceBlock => ServiceBlock(context, message, effects),
        MessageKind.RangeFaultReply => RangeFaultReply(context, message, effects),
        MessageKind.ExclusiveReply => ExclusiveReply(message, effects),
        MessageKind.MigrateToRam => MigrateToRam(message, effects),
        MessageKind.InvalidateStart => InvalidateStart(message, effects),
        MessageKind.InvalidateEnd => InvalidateEnd(message, effects),
        MessageKind.CopyPages => CopyPages(message, effects),
        MessageKind.PageData => ReceivePageData(message, effects),
        MessageKind.MigrateFinalize => MigrateFinalize(context, message, effects),
        MessageKind.FreePages => FreePages(message, effects),
        MessageKind.RemoteAccess => RemoteAccess(message, effects),
        MessageKind.RemoteAccessReply => RemoteAccessReply(message, effects),
        MessageKind.None or MessageKind.CpuFault or MessageKind.CallDone or MessageKind.CpuUnmapDone or MessageKind.RangeFault
            or MessageKind.RegisterMirror or MessageKind.UnregisterMirror or MessageKind.MakeExclusive or MessageKind.MigrateVma
            or MessageKind.InvalidateAck or MessageKind.CopyDone
            => throw Impossible("no device memory receives this kind", message),
    };

    /// <summary>Memory that a file system or a driver maps in place is never allocated page by page: all of it is theirs.</summary>
    private void TakeAllFrames()
    {
        for (ulong block = 0; Frames.FreeFrameCount > 0; block++)
        {
            PageMask pages = PageMask.Range(0, (int)Math.Min(Frames.FreeFrameCount, VirtualBlockNumber.Pages));
            Frames.TryAllocate(new BlockKey(default, new VirtualBlockNumber(block)), pages, out _);
        }
    }

    /// <summary>Numbers begin again at 1 when no answer is awaited: nobody holds an old one then.</summary>
    private TransactionId NextRequest()
    {
        _requestCount = _requests.Count == 0 ? 1 : _requestCount + 1;
        return new TransactionId(Id, _requestCount);
    }

    internal void Track(DeviceRequest request) => _requests.Add(request.Id.Number, request);

    private DeviceRequest Answered(Message message)
    {
        return message.Transaction.Opener == Id && _requests.Remove(message.Transaction.Number, out DeviceRequest? request)
            ? request
            : throw Impossible("no request is open under this number", message);
    }

    private VmArea? AreaOf(BlockKey block) => _layout.FindArea(block);

    internal Message NewMessage(MessageKind kind, MemoryId to, BlockKey block, in PageMask pages, TransactionId transaction) => new()
    {
        Kind = kind,
        From = Id,
        To = to,
        Block = block,
        Pages = pages,
        Transaction = transaction,
    };

    private static ImpossibleStepException Impossible(string state, Message message) => new(nameof(DeviceMemory), state, message);
}
