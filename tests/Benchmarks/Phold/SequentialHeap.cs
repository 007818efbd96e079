namespace HmmSim.Benchmarks.Phold;

/// <summary>
/// The reference: what one writes by hand for a sequential simulation. A 4-ary heap of event structs in the same total
/// order, and one virtual call per event on the object of the logical process. No Akka, no messages on the managed heap.
/// </summary>
internal sealed class SequentialHeap
{
    private Event[] _events = new Event[1024];
    private int _count;

    public void Push(in Event item)
    {
        if (_count == _events.Length)
        {
            Array.Resize(ref _events, _count * 2);
        }

        Event[] events = _events;
        int hole = _count++;
        while (hole > 0)
        {
            int parent = (hole - 1) >> 2;
            if (!Before(item, events[parent]))
            {
                break;
            }

            events[hole] = events[parent];
            hole = parent;
        }

        events[hole] = item;
    }

    public Event Pop()
    {
        Event[] events = _events;
        Event top = events[0];
        int count = --_count;
        Event last = events[count];
        int hole = 0;
        for (int child = 1; child < count; child = (hole << 2) + 1)
        {
            int best = child;
            int end = Math.Min(child + 4, count);
            for (int other = child + 1; other < end; other++)
            {
                if (Before(events[other], events[best]))
                {
                    best = other;
                }
            }

            if (!Before(events[best], last))
            {
                break;
            }

            events[hole] = events[best];
            hole = best;
        }

        events[hole] = last;
        return top;
    }

    private static bool Before(in Event left, in Event right) => left.Time != right.Time
        ? left.Time < right.Time
        : left.Source != right.Source ? left.Source < right.Source : left.Sequence < right.Sequence;

    public readonly record struct Event(long Time, ulong Sequence, uint Source, int Target);
}
