using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Topology;

/// <summary>What never changes in a run and every memory knows: the memories and the address spaces.</summary>
/// <param name="Memories">All memories.</param>
/// <param name="Spaces">All address spaces, by number.</param>
/// <param name="TracksValues">Whether every page holds a 64-bit value (checked runs).</param>
public sealed record SystemLayout(MemoryMap Memories, IReadOnlyList<AddressSpaceLayout> Spaces, bool TracksValues)
{
    /// <summary>The areas an address space begins with; null for one that a process makes during the run.</summary>
    public AddressSpaceLayout? this[AddressSpaceId space] => space.Value < Spaces.Count ? Spaces[space.Value] : null;

    /// <summary>The area a page lies in at the beginning, or null.</summary>
    public VmArea? FindArea(AddressSpaceId space, VirtualPageNumber page) => this[space]?.Find(page);

    /// <summary>The area that has pages in a block at the beginning, or null.</summary>
    public VmArea? FindArea(BlockKey block) => this[block.Space]?.Find(block.Block);

    /// <summary>The RAM of the host whose page table decides about a block: that of its area, else that of the first host.</summary>
    public MemoryId HomeOf(BlockKey block) => FindArea(block)?.Home ?? Memories.FirstRam;
}
