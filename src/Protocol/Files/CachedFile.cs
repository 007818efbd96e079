using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.State;

namespace HmmSim.Protocol.Files;

/// <summary>A file and its page cache; for shared anonymous memory an unnamed file that is nothing but its page cache.</summary>
public sealed class CachedFile
{
    private readonly SortedDictionary<long, PageFrameNumber> _pages = [];
    private readonly Dictionary<long, ulong> _stored = [];

    /// <summary>Its number.</summary>
    public required FileId Id { get; init; }

    /// <summary>Length in pages of 4 KiB; what lies beyond cannot be touched.</summary>
    public long PageCount { get; set; }

    /// <summary>True for shmem: a page that is not there yet is made on a touch, and need not be noted before a store.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>First frame of the memory the file lies in, where the file system maps the memory itself (DAX); null for a page cache.</summary>
    public PageFrameNumber? DaxFrame { get; init; }

    /// <summary>The cached pages.</summary>
    public IReadOnlyDictionary<long, PageFrameNumber> Pages => _pages;

    /// <summary>The frame of a cached page, if it is cached.</summary>
    public bool TryFind(long page, out PageFrameNumber frame) => _pages.TryGetValue(page, out frame);

    /// <summary>The value a page has on its disk or, for shmem, in swap; 0 for a hole.</summary>
    public ulong StoredValue(long page) => _stored.GetValueOrDefault(page);

    /// <summary>Reclaim takes a page out of the cache; its value is stored.</summary>
    public void Reclaim(long page, ulong value)
    {
        _pages.Remove(page);
        _stored[page] = value;
    }

    /// <summary>Puts a page into the cache.</summary>
    public void Add(long page, PageFrameNumber frame) => _pages.Add(page, frame);

    /// <summary>Takes all pages from <paramref name="firstPage"/> on out of the cache.</summary>
    public IReadOnlyList<PageFrameNumber> RemoveFrom(long firstPage)
    {
        List<long> gone = [.. _pages.Keys.Where(page => page >= firstPage)];
        List<PageFrameNumber> frames = [.. gone.Select(page => _pages[page])];
        gone.ForEach(page => _pages.Remove(page));
        foreach (long page in _stored.Keys.Where(page => page >= firstPage).ToList())
        {
            _stored.Remove(page);
        }

        return frames;
    }

    /// <summary>Writes the state.</summary>
    internal void Save(StateWriter writer)
    {
        writer.Signed(Id.Value);
        writer.Signed(PageCount);
        writer.Flag(IsAnonymous);
        writer.OptionalFrame(DaxFrame);
        writer.Sorted(_pages, static (writer, page, frame) =>
        {
            writer.Signed(page);
            writer.Frame(frame);
        });
        writer.Sorted(_stored, static (writer, page, value) =>
        {
            writer.Signed(page);
            writer.Value(value);
        });
    }

    /// <summary>Reads a file.</summary>
    internal static CachedFile Load(StateReader reader)
    {
        CachedFile file = new()
        {
            Id = new FileId((int)reader.Signed()),
            PageCount = reader.Signed(),
            IsAnonymous = reader.Flag(),
            DaxFrame = reader.OptionalFrame(),
        };
        reader.List(static reader => (Page: reader.Signed(), Frame: reader.Frame())).ForEach(cached => file._pages.Add(cached.Page, cached.Frame));
        reader.List(static reader => (Page: reader.Signed(), Value: reader.Value())).ForEach(stored => file._stored.Add(stored.Page, stored.Value));
        return file;
    }
}
