using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Topology;

/// <summary>The areas of one address space, in ascending order of addresses. An address space may span hosts: each area has its own home.</summary>
public sealed class AddressSpaceLayout
{
    private readonly VmArea[] _areas;

    /// <summary>A layout of areas that do not overlap and do not share a 2 MiB block, since a block has one home.</summary>
    /// <exception cref="ArgumentException">Two areas share a block, or an area is empty or beyond 57-bit addresses.</exception>
    public AddressSpaceLayout(AddressSpaceId id, IEnumerable<VmArea> areas)
    {
        Id = id;
        _areas = [.. areas.OrderBy(area => area.Begin)];
        for (int i = 0; i < _areas.Length; i++)
        {
            VmArea area = _areas[i];
            if (area.PageCount < 1 || area.End.Value > 1UL << VirtualPageNumber.Bits)
            {
                throw new ArgumentException($"area {area.Name} is empty or ends above 57-bit addresses", nameof(areas));
            }

            if (i > 0 && (_areas[i - 1].End + -1).Block >= area.Begin.Block)
            {
                throw new ArgumentException($"areas {_areas[i - 1].Name} and {area.Name} share a 2 MiB block", nameof(areas));
            }
        }
    }

    /// <summary>The address space.</summary>
    public AddressSpaceId Id { get; }

    /// <summary>The areas in ascending order of addresses.</summary>
    public IReadOnlyList<VmArea> Areas => _areas;

    /// <summary>The area a page lies in, or null in a hole.</summary>
    public VmArea? Find(VirtualPageNumber page)
    {
        int low = 0;
        int high = _areas.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_areas[middle].End <= page)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < _areas.Length && _areas[low].Begin <= page ? _areas[low] : null;
    }

    /// <summary>The area that has pages in a block, or null.</summary>
    public VmArea? Find(VirtualBlockNumber block) => Find(block.FirstPage) ?? FindAfter(block);

    private VmArea? FindAfter(VirtualBlockNumber block)
    {
        VmArea? next = Array.Find(_areas, area => area.Begin >= block.FirstPage);
        return next is not null && next.Begin.Block == block ? next : null;
    }
}
