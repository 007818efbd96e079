using HmmSim.Protocol.Files;

namespace HmmSim.Protocol.Pages;

/// <summary>
/// What the home knows of a frame beyond the ordinary (<c>struct page</c>). A frame without a record holds an anonymous page that
/// is mapped once, where it was first mapped, belongs to that address space alone, and has no other user.
/// </summary>
public sealed class PageRecord
{
    /// <summary>Every entry that names the frame: the reverse mapping. Its length is <c>mapcount</c>.</summary>
    public List<PageAddress> Mappings { get; } = [];

    /// <summary><c>PageAnonExclusive</c>: no other address space can share the page, so a store needs no copy.</summary>
    public bool IsExclusive { get; set; }

    /// <summary>The <c>anon_vma</c> an anonymous page belongs to: the reverse mapping goes through the areas that it reaches.</summary>
    public int AnonVma { get; set; }

    /// <summary>An anonymous page's place in those areas (<c>folio-&gt;index</c>).</summary>
    public long PageOffset { get; set; }

    /// <summary>The file whose page cache holds the frame, or none.</summary>
    public FileId File { get; set; }

    /// <summary>The page of <see cref="File"/>.</summary>
    public long FilePage { get; set; }

    /// <summary>The swap slot whose cache holds the frame, or -1.</summary>
    public int SwapSlot { get; set; } = -1;

    /// <summary>Long-term pins.</summary>
    public int PinCount { get; set; }

    /// <summary>True if the page may be dropped as long as its entry is not dirty (<c>MADV_FREE</c>).</summary>
    public bool IsLazyFree { get; set; }

    /// <summary>
    /// True for a dirty page of a file that reclaim has unmapped and left in the page cache (<c>PG_reclaim</c>, which is also
    /// <c>PG_readahead</c>): fault-around passes it over until it is touched itself.
    /// </summary>
    public bool IsReclaimMarked { get; set; }

    /// <summary>
    /// References that nobody will ever drop. Linux 6.12 leaks one when it evicts a coherent page that a device holds exclusively: the page
    /// is mapped again, and stays on its device for good.
    /// </summary>
    public int LeakedReferences { get; set; }

    /// <summary>True if an address other than the one it was allocated for maps it: the owner's own record of the address is no guide.</summary>
    public bool IsMoved { get; set; }

    /// <summary>True if the page is in the page cache: not anonymous.</summary>
    public bool IsFilePage => !File.IsNone;
}
