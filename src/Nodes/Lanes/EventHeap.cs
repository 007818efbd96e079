using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Lanes;

/// <summary>
/// The pending events of a lane: a 4-ary heap in the total order (<see cref="TimedMessage.ActsAt"/>,
/// <see cref="TimedMessage.Source"/>, <see cref="TimedMessage.Sequence"/>).
/// </summary>
/// <remarks>
/// <para>Not thread safe; it allocates only to grow. Times are picoseconds, as in <see cref="Protocol.Time.VirtualTime"/>.</para>
/// <para>What moves inside the heap is a node of 16 bytes without references: four children share a cache line and no move
/// needs a GC write barrier. The event itself lies still in a slot; the sequence number, which decides only between events
/// of one source at one time, is read from there.</para>
/// <para>A popped root leaves a hole. Handling an event mostly schedules one new event, which then fills the hole in a
/// single pass; only if none comes does the last node move there.</para>
/// </remarks>
public sealed partial class EventHeap
{
    private const int Arity = 4;

    // nodes[0.._count) are the heap; the slots named by the nodes behind them are free.
    private Node[] _nodes;
    private PendingEvent[] _slots;
    private int _count;
    private bool _hole;

    /// <summary>Creates an empty heap.</summary>
    /// <param name="capacity">Events it holds before it grows for the first time; at least 1.</param>
    public EventHeap(int capacity = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _nodes = new Node[capacity];
        _slots = new PendingEvent[capacity];
        NameFreeSlots(0);
    }

    /// <summary>How many events are pending.</summary>
    public int Count => _hole ? _count - 1 : _count;

    /// <summary>Time of the earliest event in picoseconds, <see cref="long.MaxValue"/> if none is pending.</summary>
    public long EarliestPicoseconds
    {
        get
        {
            CloseHole();
            return _count == 0 ? long.MaxValue : _nodes[0].Time;
        }
    }

    /// <summary>Time of the earliest event whose message is wanted, <see cref="long.MaxValue"/> if there is none. It looks at all events.</summary>
    public long EarliestOf(Predicate<TimedMessage> isWanted)
    {
        CloseHole();
        long earliest = long.MaxValue;
        for (int i = 0; i < _count; i++)
        {
            if (_nodes[i].Time < earliest && isWanted((TimedMessage)_slots[_nodes[i].Slot].Envelope.Message))
            {
                earliest = _nodes[i].Time;
            }
        }

        return earliest;
    }

    /// <summary>Adds an event.</summary>
    /// <param name="time">The message's <see cref="TimedMessage.ActsAt"/> in picoseconds.</param>
    /// <param name="message">The message inside <paramref name="pending"/>.</param>
    /// <param name="pending">The event.</param>
    public void Push(long time, TimedMessage message, in PendingEvent pending)
    {
        if (_hole)
        {
            _hole = false;
            ref Node root = ref MemoryMarshal.GetArrayDataReference(_nodes);
            int slot = root.Slot;
            _slots[slot] = pending;
            Place(SinkHole(), new Node(time, message.Source, slot));
            return;
        }

        if (_count == _nodes.Length)
        {
            Grow();
        }

        int leaf = _count++;
        int free = _nodes[leaf].Slot;
        _slots[free] = pending;
        Place(leaf, new Node(time, message.Source, free));
    }

    /// <summary>Takes the earliest event if it lies before <paramref name="end"/>.</summary>
    /// <param name="end">The first time, in picoseconds, that is too late.</param>
    /// <param name="time">Time of the event in picoseconds.</param>
    /// <param name="pending">The event.</param>
    public bool TryPop(long end, out long time, out PendingEvent pending)
    {
        if (_hole)
        {
            CloseHole();
        }

        if (_count != 0)
        {
            ref Node root = ref MemoryMarshal.GetArrayDataReference(_nodes);
            time = root.Time;
            if (time < end)
            {
                ref PendingEvent slot = ref _slots[root.Slot];
                pending = slot;
                slot = default;
                _hole = true;
                return true;
            }
        }

        time = long.MaxValue;
        pending = default;
        return false;
    }

    private void CloseHole()
    {
        if (!_hole)
        {
            return;
        }

        _hole = false;
        ref Node nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        int freed = nodes.Slot;
        Node last = Unsafe.Add(ref nodes, --_count);
        if (_count > 0)
        {
            Place(SinkHole(), last);
        }

        Unsafe.Add(ref nodes, _count).Slot = freed;
    }

    // Moves the hole from the root to a leaf, always pulling up the earliest child. Going all the way and then rising with
    // the new node costs fewer comparisons than stopping early, since late nodes belong near the leaves anyway.
    private int SinkHole()
    {
        ref Node nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        int count = _count;
        int hole = 0;
        int child = 1;
        while (child + Arity <= count)
        {
            // A tournament without branches on the outcome, which no predictor could guess.
            ref Node group = ref Unsafe.Add(ref nodes, child);
            int low = Later(ref group, ref Unsafe.Add(ref group, 1));
            int high = 2 + Later(ref Unsafe.Add(ref group, 2), ref Unsafe.Add(ref group, 3));
            int best = low + ((high - low) * Later(ref Unsafe.Add(ref group, low), ref Unsafe.Add(ref group, high)));
            Unsafe.Add(ref nodes, hole) = Unsafe.Add(ref group, best);
            hole = child + best;
            child = (hole * Arity) + 1;
        }

        if (child < count)
        {
            int best = child;
            for (int other = child + 1; other < count; other++)
            {
                best = Later(ref Unsafe.Add(ref nodes, best), ref Unsafe.Add(ref nodes, other)) != 0 ? other : best;
            }

            Unsafe.Add(ref nodes, hole) = Unsafe.Add(ref nodes, best);
            hole = best;
        }

        return hole;
    }

    // Lets a node rise from the hole to its place.
    private void Place(int hole, Node node)
    {
        ref Node nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        while (hole > 0)
        {
            int parent = (hole - 1) / Arity;
            if (Later(ref Unsafe.Add(ref nodes, parent), ref node) == 0)
            {
                break;
            }

            Unsafe.Add(ref nodes, hole) = Unsafe.Add(ref nodes, parent);
            hole = parent;
        }

        Unsafe.Add(ref nodes, hole) = node;
    }

    // 1 if the left node comes after the right one, else 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Later(ref Node left, ref Node right)
    {
        int later = left.Time > right.Time ? 1 : 0;
        return left.Time == right.Time ? LaterAtSameTime(left, right) : later;
    }

    private int LaterAtSameTime(Node left, Node right)
    {
        if (left.Source != right.Source)
        {
            return left.Source > right.Source ? 1 : 0;
        }

        return SequenceOf(left.Slot) > SequenceOf(right.Slot) ? 1 : 0;
    }

    private ulong SequenceOf(int slot) => ((TimedMessage)_slots[slot].Envelope.Message).Sequence;

    private void Grow()
    {
        int used = _nodes.Length;
        Array.Resize(ref _nodes, used * 2);
        Array.Resize(ref _slots, used * 2);
        NameFreeSlots(used);
    }

    private void NameFreeSlots(int from)
    {
        for (int slot = from; slot < _nodes.Length; slot++)
        {
            _nodes[slot].Slot = slot;
        }
    }

    private struct Node(long time, uint source, int slot)
    {
        public readonly long Time = time;
        public readonly uint Source = source;
        public int Slot = slot;
    }
}
