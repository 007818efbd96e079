namespace HmmSim.Nodes.Lanes;

/// <summary>
/// The pending advances of a lane, ordered by (time, source): a binary heap in which every message knows its own place, so
/// that moving and cancelling cost no search. It holds one entry per processor, not one per event.
/// </summary>
internal sealed class AdvanceHeap
{
    private AdvanceMessage[] _items = new AdvanceMessage[16];

    internal int Count { get; private set; }

    internal long EarliestPicoseconds => Count == 0 ? long.MaxValue : _items[0].ActsAt.Picoseconds;

    /// <summary>Time of the earliest advance of a wanted source, <see cref="long.MaxValue"/> if there is none.</summary>
    internal long EarliestOf(Predicate<int> isWanted)
    {
        long earliest = long.MaxValue;
        for (int i = 0; i < Count; i++)
        {
            long time = _items[i].ActsAt.Picoseconds;
            if (time < earliest && isWanted((int)_items[i].Source))
            {
                earliest = time;
            }
        }

        return earliest;
    }

    internal void AddOrMove(AdvanceMessage message)
    {
        if (!message.IsPending)
        {
            if (Count == _items.Length)
            {
                Array.Resize(ref _items, Count * 2);
            }

            Put(Count++, message);
        }

        Settle(message.HeapIndex);
    }

    internal void Remove(AdvanceMessage message)
    {
        int hole = message.HeapIndex;
        message.HeapIndex = AdvanceMessage.NotPending;
        AdvanceMessage last = _items[--Count];
        _items[Count] = null!;
        if (hole != Count)
        {
            Put(hole, last);
            Settle(hole);
        }
    }

    internal bool TryPop(long end, out AdvanceMessage message)
    {
        message = _items[0];
        if (EarliestPicoseconds >= end)
        {
            return false;
        }

        Remove(message);
        return true;
    }

    private static bool Before(AdvanceMessage left, AdvanceMessage right) =>
        left.ActsAt < right.ActsAt || (left.ActsAt == right.ActsAt && left.Source < right.Source);

    private void Settle(int index)
    {
        AdvanceMessage message = _items[index];
        while (index > 0 && Before(message, _items[(index - 1) / 2]))
        {
            int parent = (index - 1) / 2;
            Put(index, _items[parent]);
            index = parent;
        }

        for (int child = (2 * index) + 1; child < Count; child = (2 * index) + 1)
        {
            if (child + 1 < Count && Before(_items[child + 1], _items[child]))
            {
                child++;
            }

            if (!Before(_items[child], message))
            {
                break;
            }

            Put(index, _items[child]);
            index = child;
        }

        Put(index, message);
    }

    private void Put(int index, AdvanceMessage message)
    {
        _items[index] = message;
        message.HeapIndex = index;
    }
}
