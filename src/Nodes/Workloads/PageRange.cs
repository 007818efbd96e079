using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Workloads;

/// <summary>A buffer: consecutive pages of an address space.</summary>
/// <param name="Begin">The first page.</param>
/// <param name="Pages">Number of pages.</param>
public readonly record struct PageRange(VirtualPageNumber Begin, long Pages)
{
    /// <summary>The page behind the last one.</summary>
    public VirtualPageNumber End => Begin + Pages;

    /// <summary>Whether the page lies inside.</summary>
    public bool Contains(VirtualPageNumber page) => page >= Begin && page < End;

    /// <summary>Whether the two ranges share a page.</summary>
    public bool Overlaps(PageRange other) => Begin < other.End && other.Begin < End;
}
