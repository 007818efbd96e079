using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Pages;

/// <summary>Where a page is mapped: one link of the reverse mapping.</summary>
/// <param name="Space">The address space.</param>
/// <param name="Page">The page in it.</param>
public readonly record struct PageAddress(AddressSpaceId Space, VirtualPageNumber Page)
{
    /// <summary>The 2 MiB block.</summary>
    public BlockKey Block => new(Space, Page.Block);

    /// <summary>Space and address, for diagnostics.</summary>
    public override string ToString() => $"{Space.Value}:{Page}";
}
