namespace HmmSim.Protocol.Calls;

/// <summary>Advice of <c>madvise</c>, with the numbers of Linux.</summary>
public enum Advice : byte
{
    /// <summary>No advice.</summary>
    None = 0,

    /// <summary>Drop the pages (<c>MADV_DONTNEED</c>).</summary>
    DontNeed = 4,

    /// <summary>Pages may be dropped when memory is short (<c>MADV_FREE</c>).</summary>
    Free = 8,

    /// <summary>A child does not inherit the area (<c>MADV_DONTFORK</c>).</summary>
    DontFork = 10,

    /// <summary>Use huge pages (<c>MADV_HUGEPAGE</c>).</summary>
    HugePage = 14,

    /// <summary>Use no huge pages (<c>MADV_NOHUGEPAGE</c>).</summary>
    NoHugePage = 15,

    /// <summary>A child gets the area empty (<c>MADV_WIPEONFORK</c>).</summary>
    WipeOnFork = 18,

    /// <summary>Deactivate the pages (<c>MADV_COLD</c>).</summary>
    Cold = 20,

    /// <summary>Page out what can be (<c>MADV_PAGEOUT</c>).</summary>
    PageOut = 21,

    /// <summary>Fault pages in for loads (<c>MADV_POPULATE_READ</c>).</summary>
    PopulateRead = 22,

    /// <summary>Fault pages in for stores (<c>MADV_POPULATE_WRITE</c>).</summary>
    PopulateWrite = 23,

    /// <summary>Make huge pages of what is there (<c>MADV_COLLAPSE</c>).</summary>
    Collapse = 25,
}
