using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Topology;

/// <summary>
/// A contiguous range of private anonymous virtual memory with one permission and one home: the host whose page table decides
/// where its pages are.
/// </summary>
public sealed record VmArea
{
    /// <summary>Name for people, as in the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>First page.</summary>
    public required VirtualPageNumber Begin { get; init; }

    /// <summary>4 KiB pages, at least 1.</summary>
    public required long PageCount { get; init; }

    /// <summary>The RAM of the home host.</summary>
    public required MemoryId Home { get; init; }

    /// <summary>Whether the range may be written.</summary>
    public bool IsWritable { get; init; } = true;

    /// <summary>The page after the last.</summary>
    public VirtualPageNumber End => Begin + PageCount;

    /// <summary>The pages of a block that lie in this area.</summary>
    public PageMask PagesIn(VirtualBlockNumber block)
    {
        ulong first = Math.Max(Begin.Value, block.FirstPage.Value);
        ulong end = Math.Min(End.Value, block.FirstPage.Value + VirtualBlockNumber.Pages);
        return first >= end ? default : PageMask.Range((int)(first - block.FirstPage.Value), (int)(end - first));
    }
}
