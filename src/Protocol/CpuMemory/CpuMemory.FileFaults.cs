using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;

namespace HmmSim.Protocol;

/// <summary>
/// Faults on files and shared memory (<c>do_read_fault</c>, <c>do_cow_fault</c>, <c>do_shared_fault</c>). Addressable device memory
/// needs nothing else: the file system's or driver's fault callback fills the entry, and it stays present.
/// </summary>
public partial class CpuMemory
{
    private const int FaultAroundPages = 16; // fault_around_bytes = 64 KiB
    private const int ReadAheadPages = 32; // read_ahead_kb = 128

    private readonly Dictionary<FileId, CachedFile> _files = [];

    /// <summary>The files that areas of this home map.</summary>
    public IReadOnlyDictionary<FileId, CachedFile> Files => _files;

    private FaultOutcome PopulateFromFile(AddressSpace space, Vma area, VirtualPageNumber page, FaultKind kind, bool mayRetry)
    {
        CachedFile file = _files[area.File];
        bool isStore = kind == FaultKind.Store;
        long filePage = area.FilePageOf(page);
        if (file.DaxFrame is { } dax)
        {
            return MapDax(space, area, page, file, dax + filePage, filePage);
        }

        if (!isStore)
        {
            MapAround(space, area, page, file);
            if (space.Table[page] != 0)
            {
                return FaultOutcome.Done;
            }
        }

        if (filePage >= file.PageCount)
        {
            return FaultOutcome.BusError;
        }

        PageFrameNumber cached = CachePage(space, page, file, filePage);
        _pages[cached].IsReclaimMarked = false;
        if (!isStore && mayRetry)
        {
            MapAround(space, area, page, file); // reading dropped mmap_lock; the fault is tried again and finds what was read ahead
            return FaultOutcome.Done;
        }

        if (isStore && !area.IsShared)
        {
            PageFrameNumber copy = NewAnonymousPage(space, area, page);
            Ram.WriteValue(copy, Ram.ReadValue(cached));
            space.Table[page] = PageTableEntry.Present(copy, area.IsWritable).Touched(write: true).Raw;
            return FaultOutcome.Done;
        }

        MapFilePage(space, area, page, cached, isStore);
        return FaultOutcome.Done;
    }

    private FaultOutcome MapDax(AddressSpace space, Vma area, VirtualPageNumber page, CachedFile file, PageFrameNumber frame, long filePage)
    {
        if (filePage >= file.PageCount)
        {
            return FaultOutcome.BusError;
        }

        PageRecord record = RecordOf(frame) ?? NewRecord(frame);
        record.File = file.Id;
        record.FilePage = filePage;
        record.Mappings.Add(new PageAddress(space.Id, page));
        space.Table[page] = PageTableEntry.Present(frame, area.IsWritable).Raw;
        return FaultOutcome.Done;
    }

    /// <summary>Maps what the page cache has of the aligned 16 pages around a load (<c>do_fault_around</c>, <c>filemap_map_pages</c>).</summary>
    private void MapAround(AddressSpace space, Vma area, VirtualPageNumber page, CachedFile file)
    {
        VirtualPageNumber begin = new(Math.Max(page.Value / FaultAroundPages * FaultAroundPages, area.Begin.Value));
        VirtualPageNumber end = new(Math.Min(begin.Value + FaultAroundPages, area.End.Value));
        end = new VirtualPageNumber(Math.Min(end.Value, page.Block.FirstPage.Value + VirtualBlockNumber.Pages));
        for (VirtualPageNumber at = begin; at < end; at += 1)
        {
            long filePage = area.FilePageOf(at);
            if (space.Table[at] == 0 && filePage < file.PageCount && file.TryFind(filePage, out PageFrameNumber frame)
                && !_pages[frame].IsReclaimMarked)
            {
                MapFilePage(space, area, at, frame, isStore: false);
            }
        }
    }

    /// <summary>
    /// The page in the page cache. If it is not there, a named file is read ahead around it (<c>do_sync_mmap_readahead</c>); of shared
    /// memory only the page itself comes, from swap or zeroed.
    /// </summary>
    private PageFrameNumber CachePage(AddressSpace space, VirtualPageNumber page, CachedFile file, long filePage)
    {
        if (file.TryFind(filePage, out PageFrameNumber cached))
        {
            return cached;
        }

        long first = file.IsAnonymous ? filePage : Math.Max(0, filePage - (ReadAheadPages / 2));
        long end = file.IsAnonymous ? filePage + 1 : Math.Min(file.PageCount, first + ReadAheadPages);
        for (long at = first; at < end; at++)
        {
            if (!file.TryFind(at, out _))
            {
                PageFrameNumber frame = AllocateRam(space.Id, page + (at - filePage));
                Ram.WriteValue(frame, file.StoredValue(at));
                AddToPageCache(file, at, frame);
            }
        }

        return file.Pages[filePage];
    }

    private void AddToPageCache(CachedFile file, long filePage, PageFrameNumber frame)
    {
        file.Add(filePage, frame);
        PageRecord record = NewRecord(frame);
        record.File = file.Id;
        record.FilePage = filePage;
    }

    private void MapFilePage(AddressSpace space, Vma area, VirtualPageNumber page, PageFrameNumber frame, bool isStore)
    {
        _populatedPages++;
        AddMapping(frame, _pages[frame], new PageAddress(space.Id, page));
        bool writable = area is { IsShared: true, IsWritable: true } && (isStore || !area.WantsWriteNotify);
        space.Table[page] = PageTableEntry.Present(frame, writable).Touched(isStore).Raw;
    }
}
