using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Topology;

/// <summary>What never changes in a run and every memory knows: the memories and the address spaces.</summary>
/// <param name="Memories">All memories.</param>
/// <param name="Spaces">All address spaces, by number.</param>
/// <param name="TracksValues">Whether every page holds a 64-bit value (checked runs).</param>
public sealed record SystemLayout(MemoryMap Memories, IReadOnlyList<AddressSpaceLayout> Spaces, bool TracksValues)
{
    /// <summary>The layout of one address space.</summary>
    public AddressSpaceLayout this[AddressSpaceId space] => Spaces[space.Value];
}
