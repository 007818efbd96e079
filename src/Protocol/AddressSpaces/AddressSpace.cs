using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.State;

namespace HmmSim.Protocol.AddressSpaces;

/// <summary>An address space as its home knows it (<c>mm_struct</c>): areas, page table, <c>mmap_lock</c>, and the devices that mirror it.</summary>
public sealed class AddressSpace(AddressSpaceId id)
{
    /// <summary>Its number.</summary>
    public AddressSpaceId Id { get; } = id;

    /// <summary>Its areas.</summary>
    public VmaList Areas { get; } = new();

    /// <summary>Its page table.</summary>
    public PageTable<CpuEntryLayout> Table { get; } = new();

    /// <summary>
    /// Blocks mapped by one PMD-level entry: the 512 entries stand for it, and name the frames of one large folio in order, or the huge
    /// zero page.
    /// </summary>
    public HashSet<VirtualBlockNumber> HugeBlocks { get; } = [];

    /// <summary>Devices whose driver has a notifier over the whole address space (test_hmm), in order of registration.</summary>
    public List<MemoryId> Mirrors { get; } = [];

    /// <summary>False once the process has exited: whoever asks finds no address space (<c>mmget_not_zero</c>).</summary>
    public bool IsAlive { get; set; } = true;

    /// <summary>True once a page was pinned (<c>MMF_HAS_PINNED</c>): <c>fork</c> copies pinned pages.</summary>
    public bool HasPinned { get; set; }

    /// <summary>Transactions under way that hold <c>mmap_lock</c> for reading or a page lock here; a writer waits until none is left.</summary>
    public int ActiveTransactions { get; set; }

    /// <summary>True while a call holds <c>mmap_lock</c> for writing.</summary>
    public bool IsWriteLocked { get; set; }

    /// <summary>Messages that wait for <c>mmap_lock</c>, in order of arrival; a waiting writer keeps later readers out.</summary>
    public Queue<Message> LockWaiters { get; } = new();

    /// <summary>The pages of a block that lie in an area.</summary>
    public PageMask MappedPages(VirtualBlockNumber block, out PageMask writable)
    {
        PageMask mapped = default;
        writable = default;
        VirtualPageNumber begin = block.FirstPage;
        VirtualPageNumber end = begin + VirtualBlockNumber.Pages;
        if (Areas.Find(begin) is { } whole && end <= whole.End)
        {
            writable = whole.IsWritable ? PageMask.All : default;
            return PageMask.All;
        }

        for (Vma? area = Areas.FindFirst(begin, end); area is not null; area = area.End < end ? Areas.FindFirst(area.End, end) : null)
        {
            ulong first = Math.Max(area.Begin.Value, begin.Value);
            ulong last = Math.Min(area.End.Value, end.Value);
            PageMask pages = PageMask.Range((int)(first - begin.Value), (int)(last - first));
            mapped |= pages;
            writable |= area.IsWritable ? pages : default;
        }

        return mapped;
    }

    /// <summary>Writes the state.</summary>
    internal void Save(StateWriter writer)
    {
        writer.Space(Id);
        writer.List(Areas.Areas, static (writer, area) => writer.Area(area));
        Table.Save(writer);
        writer.List([.. HugeBlocks.Order()], static (writer, block) => writer.Number(block.Value));
        writer.List(
            writer.BehaviourOnly ? [.. Mirrors.Order()] : Mirrors, // independent messages, as in Told
            static (writer, mirror) => writer.Memory(mirror));
        writer.Flag(IsAlive);
        writer.Flag(HasPinned);
        writer.Signed(ActiveTransactions);
        writer.Flag(IsWriteLocked);
        writer.List(LockWaiters, MessageState.Message);
    }

    /// <summary>The number of an address space that was written; the rest is for <see cref="Load"/>.</summary>
    internal static AddressSpaceId LoadId(StateReader reader) => reader.Space();

    /// <summary>Takes on a state behind its number; what was here is forgotten.</summary>
    internal void Load(StateReader reader)
    {
        Areas.Clear();
        reader.List(static reader => reader.Area()).ForEach(Areas.Append);
        Table.Load(reader);
        HugeBlocks.Clear();
        HugeBlocks.UnionWith(reader.List(static reader => new VirtualBlockNumber(reader.Number())));
        Mirrors.Clear();
        Mirrors.AddRange(reader.List(static reader => reader.Memory()));
        IsAlive = reader.Flag();
        HasPinned = reader.Flag();
        ActiveTransactions = (int)reader.Signed();
        IsWriteLocked = reader.Flag();
        LockWaiters.Clear();
        reader.List(MessageState.Message).ForEach(LockWaiters.Enqueue);
    }
}
