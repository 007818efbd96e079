using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.AddressSpaces;

/// <summary>The areas of an address space in ascending order (the maple tree of <c>mm_struct</c>), with Linux's rules of splitting and merging.</summary>
public sealed class VmaList
{
    private readonly List<Vma> _areas = [];
    private Vma? _last;

    /// <summary>The areas, ascending, not overlapping.</summary>
    public IReadOnlyList<Vma> Areas => _areas;

    /// <summary>The area a page lies in, or null in a hole.</summary>
    public Vma? Find(VirtualPageNumber page)
    {
        if (_last is { } last && last.Begin <= page && page < last.End)
        {
            return last;
        }

        int at = IndexOfFirstEndingAfter(page);
        Vma? found = at < _areas.Count && _areas[at].Begin <= page ? _areas[at] : null;
        _last = found ?? _last;
        return found;
    }

    /// <summary>The first area that has a page in the range, or null.</summary>
    public Vma? FindFirst(VirtualPageNumber begin, VirtualPageNumber end)
    {
        int at = IndexOfFirstEndingAfter(begin);
        return at < _areas.Count && _areas[at].Begin < end ? _areas[at] : null;
    }

    /// <summary>True if areas cover the whole range.</summary>
    public bool Covers(VirtualPageNumber begin, VirtualPageNumber end)
    {
        for (int at = IndexOfFirstEndingAfter(begin); begin < end; at++)
        {
            if (at == _areas.Count || _areas[at].Begin > begin)
            {
                return false;
            }

            begin = _areas[at].End;
        }

        return true;
    }

    /// <summary>Adds an area where none is, merged with its neighbours where they allow it.</summary>
    public void Insert(Vma area)
    {
        int at = IndexOfFirstEndingAfter(area.Begin);
        _areas.Insert(at, area);
        MergeAround(at);
    }

    /// <summary>Adds an area after all others as it is: a child's areas are not merged.</summary>
    public void Append(Vma area) => _areas.Add(area);

    /// <summary>Removes the range, splitting areas at its ends.</summary>
    public void Remove(VirtualPageNumber begin, VirtualPageNumber end)
    {
        (int first, int count) = Isolate(begin, end);
        _areas.RemoveRange(first, count);
        _last = null;
    }

    /// <summary>
    /// Changes the part of one area inside the range: splits it there if the change makes a difference, and merges what allows it
    /// (<c>vma_modify</c>).
    /// </summary>
    public void Modify(VirtualPageNumber begin, VirtualPageNumber end, Func<Vma, Vma> change)
    {
        if (Find(begin) is not { } area || end > area.End)
        {
            throw new InvalidOperationException($"{begin} to {end} is not a part of one area");
        }

        Vma part = area.Part(begin, end);
        if (change(part) == part)
        {
            return;
        }

        (int first, _) = Isolate(begin, end);
        _areas[first] = change(_areas[first]);
        _last = null;
        MergeAround(first);
    }

    /// <summary>Replaces an area by one of the same extent, without merging: for facts that arise while pages fault in.</summary>
    public Vma Replace(Vma area, Vma replacement)
    {
        int at = IndexOfFirstEndingAfter(area.Begin);
        _areas[at] = replacement;
        _last = null;
        return replacement;
    }

    /// <summary>The neighbours that touch an area.</summary>
    public (Vma? Previous, Vma? Next) NeighboursOf(Vma area)
    {
        int at = IndexOfFirstEndingAfter(area.Begin);
        Vma? previous = at > 0 && _areas[at - 1].End == area.Begin ? _areas[at - 1] : null;
        Vma? next = at + 1 < _areas.Count && _areas[at + 1].Begin == area.End ? _areas[at + 1] : null;
        return (previous, next);
    }

    /// <summary>Forgets all areas.</summary>
    public void Clear()
    {
        _areas.Clear();
        _last = null;
    }

    private int IndexOfFirstEndingAfter(VirtualPageNumber page)
    {
        int low = 0;
        int high = _areas.Count;
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

        return low;
    }

    private (int First, int Count) Isolate(VirtualPageNumber begin, VirtualPageNumber end)
    {
        SplitAt(begin);
        SplitAt(end);
        int first = IndexOfFirstEndingAfter(begin);
        int count = 0;
        while (first + count < _areas.Count && _areas[first + count].Begin < end)
        {
            count++;
        }

        return (first, count);
    }

    private void SplitAt(VirtualPageNumber page)
    {
        int at = IndexOfFirstEndingAfter(page);
        if (at < _areas.Count && _areas[at].Begin < page)
        {
            Vma area = _areas[at];
            _areas[at] = area.Part(area.Begin, page);
            _areas.Insert(at + 1, area.Part(page, area.End));
            _last = null;
        }
    }

    private void MergeAround(int at)
    {
        MergeWithNext(at);
        if (at > 0)
        {
            MergeWithNext(at - 1);
        }
    }

    private void MergeWithNext(int at)
    {
        if (at + 1 < _areas.Count && _areas[at].CanMergeWith(_areas[at + 1]))
        {
            (Vma left, Vma right) = (_areas[at], _areas[at + 1]);
            Vma heir = left.AnonVma != 0 ? left : right;
            _areas[at] = left with { End = right.End, AnonVma = heir.AnonVma, Ancestors = heir.Ancestors };
            _areas.RemoveAt(at + 1);
            _last = null;
        }
    }
}
