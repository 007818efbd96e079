using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Swap;

namespace HmmSim.Protocol;

/// <summary>
/// References and reverse mapping of pages (<c>mm/rmap.c</c>, <c>struct page</c>): which entries name a frame, and who else
/// holds it. Most frames need no record; see <see cref="PageRecord"/>.
/// </summary>
public partial class CpuMemory
{
    private readonly Dictionary<PageFrameNumber, PageRecord> _pages = [];
    private readonly Dictionary<PageFrameNumber, MigrationTransaction> _lockedFrames = [];

    /// <summary>Swapped pages.</summary>
    public SwapArea Swap { get; } = new();

    /// <summary>What is known of a frame beyond the ordinary, or null.</summary>
    public PageRecord? RecordOf(PageFrameNumber frame) => _pages.Count == 0 ? null : _pages.GetValueOrDefault(frame);

    /// <summary>All frames with a record.</summary>
    public IReadOnlyDictionary<PageFrameNumber, PageRecord> Pages => _pages;

    private bool IsExclusive(PageFrameNumber frame) => RecordOf(frame)?.IsExclusive ?? true;

    /// <summary>The record of a frame that one entry names already.</summary>
    internal PageRecord OpenRecord(PageFrameNumber frame, PageAddress mapping)
    {
        if (!_pages.TryGetValue(frame, out PageRecord? record))
        {
            record = new PageRecord { IsExclusive = true };
            record.Mappings.Add(mapping);
            BelongTo(record, mapping);
            _pages.Add(frame, record);
        }

        return record;
    }

    /// <summary>The page belongs to the area that maps it there (<c>folio_move_anon_rmap</c>).</summary>
    private void BelongTo(PageRecord record, PageAddress mapping)
    {
        if (Space(mapping.Space).Areas.Find(mapping.Page) is { } area)
        {
            record.AnonVma = area.AnonVma;
            record.PageOffset = area.FilePageOf(mapping.Page);
        }
    }

    /// <summary>The record of a frame that no entry names yet.</summary>
    private PageRecord NewRecord(PageFrameNumber frame)
    {
        PageRecord record = new();
        _pages.Add(frame, record);
        return record;
    }

    /// <summary>One more entry names a frame that has a record.</summary>
    private void AddMapping(PageFrameNumber frame, PageRecord record, PageAddress mapping)
    {
        record.Mappings.Add(mapping);
        if (Ram.Owns(frame))
        {
            Ram.Get(frame);
        }
    }

    /// <summary>An entry does not name the frame any more; the last user frees it (<c>folio_put</c>, <c>folio_free</c>).</summary>
    private void RemoveMapping(PageFrameNumber frame, PageAddress mapping)
    {
        if (frame == PageFrameNumber.ZeroPage)
        {
            return;
        }

        PageRecord? record = RecordOf(frame);
        record?.Mappings.Remove(mapping);
        if (record is { SwapSlot: >= 0, Mappings.Count: 0 })
        {
            TryFreeSwap(frame, record);
        }

        if (Ram.Owns(frame))
        {
            PutRam(frame);
        }
        else if (record is null or { Mappings.Count: 0, PinCount: 0, LeakedReferences: 0, IsFilePage: false })
        {
            FreeDevicePage(frame, mapping);
        }
    }

    /// <summary>Nobody uses a page of a device any more: its owner gets the frame back, and nothing is known of it (<c>free_zone_device_folio</c>).</summary>
    internal virtual void FreeDevicePage(PageFrameNumber frame, PageAddress mapping)
    {
        _pages.Remove(frame);
        FreeAtOwner(frame, mapping);
    }

    private void PutRam(PageFrameNumber frame)
    {
        if (Ram.Put(frame))
        {
            _pages.Remove(frame);
        }
    }

    /// <summary>Takes a page out of the swap cache if no entry names its slot (<c>folio_free_swap</c>).</summary>
    private bool TryFreeSwap(PageFrameNumber frame, PageRecord record)
    {
        if (Swap.UsersOf(record.SwapSlot) > 0)
        {
            return false;
        }

        Swap.LeaveCache(record.SwapSlot);
        record.SwapSlot = -1;
        PutRam(frame);
        return true;
    }

    /// <summary>An entry that named a swap slot is gone (<c>free_swap_and_cache</c>).</summary>
    private void RemoveSwapEntry(PageTableEntry entry)
    {
        int slot = (int)entry.Offset;
        PageFrameNumber? cached = Swap.CachedFrameOf(slot);
        Swap.RemoveUser(slot);
        if (cached is { } frame && RecordOf(frame) is { Mappings.Count: 0 } record)
        {
            TryFreeSwap(frame, record);
        }
    }

    /// <summary>References that mappings, page cache and swap cache account for; one more belongs to somebody whom nobody expects.</summary>
    internal static int ExpectedReferences(PageRecord? record) => record is null
        ? 1
        : record.Mappings.Count + (record.IsFilePage ? 1 : 0) + (record.SwapSlot >= 0 ? 1 : 0);

    internal int ReferencesOf(PageFrameNumber frame, PageRecord? record) =>
        Ram.Owns(frame) ? Ram.References(frame) : ExpectedReferences(record) + (record?.PinCount ?? 0) + (record?.LeakedReferences ?? 0);
}
