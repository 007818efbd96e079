using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.State;

namespace HmmSim.Protocol.Notifiers;

/// <summary>
/// The receiving side of <c>mmu_interval_notifier</c>, one interval for each 2 MiB block as in nvidia-uvm's HMM mode: a walk of
/// the page table is valid only if no invalidation began between its begin and its commit (collision-retry).
/// </summary>
/// <remarks>
/// The sequence of an interval is odd while an invalidation is in progress and only grows while somebody may compare it, so that an invalidation that
/// began and ended during a walk is seen too. Intervals without a reader and without an invalidation are not stored.
/// </remarks>
public sealed class IntervalNotifiers
{
    private const ulong FirstSequence = 2;

    private readonly Dictionary<BlockKey, Interval> _intervals = [];
    private ulong _sequence = FirstSequence;

    /// <summary>Intervals stored now; zero at quiescence.</summary>
    public int Count => _intervals.Count;

    /// <summary>True while an invalidation of the block is in progress: a walk must not begin.</summary>
    public bool IsInvalidating(BlockKey block) => _intervals.GetValueOrDefault(block).Active > 0;

    /// <summary>A walk begins: the sequence it has to compare at its commit. Each begin needs one <see cref="ReadEnd"/>.</summary>
    public ulong ReadBegin(BlockKey block)
    {
        Interval interval = Find(block);
        interval.Readers++;
        _intervals[block] = interval;
        return interval.Sequence;
    }

    /// <summary>True if the walk that began with <paramref name="sequence"/> must be thrown away.</summary>
    public bool ReadRetry(BlockKey block, ulong sequence) => Find(block).Sequence != sequence;

    /// <summary>A walk is over.</summary>
    public void ReadEnd(BlockKey block)
    {
        Interval interval = Find(block);
        interval.Readers--;
        Store(block, interval);
    }

    /// <summary>An invalidation begins: the sequence grows and is odd.</summary>
    public void InvalidateStart(BlockKey block)
    {
        Interval interval = Find(block);
        interval.Active++;
        _sequence += 2;
        interval.Sequence = _sequence | 1;
        _intervals[block] = interval;
    }

    /// <summary>An invalidation ends: the sequence is even once the last one has ended.</summary>
    /// <exception cref="InvalidOperationException">None is in progress.</exception>
    public void InvalidateEnd(BlockKey block)
    {
        Interval interval = Find(block);
        if (interval.Active == 0)
        {
            throw new InvalidOperationException($"no invalidation of block {block} is in progress");
        }

        if (--interval.Active == 0)
        {
            _sequence += 2;
            interval.Sequence = _sequence;
        }

        Store(block, interval);
    }

    /// <summary>The device dropped mappings on its own account: no invalidation, but walks in progress must notice (never skip the sequence bump).</summary>
    public void Bump(BlockKey block)
    {
        if (_intervals.TryGetValue(block, out Interval interval))
        {
            _sequence += 2;
            interval.Sequence = _sequence | (interval.Sequence & 1);
            _intervals[block] = interval;
        }
    }

    /// <summary>Writes the state.</summary>
    public void Save(StateWriter writer)
    {
        writer.Sorted(_intervals, static (writer, block, interval) =>
        {
            writer.Block(block);
            writer.Number(interval.Sequence);
            writer.Signed(interval.Active);
            writer.Signed(interval.Readers);
        });
        writer.Number(_sequence);
    }

    /// <summary>Takes on a state; what was here is forgotten.</summary>
    /// <exception cref="InvalidStateException">The bytes are no such state.</exception>
    public void Load(StateReader reader)
    {
        _intervals.Clear();
        foreach ((BlockKey block, Interval interval) in reader.List(static reader => (reader.Block(), new Interval
        {
            Sequence = reader.Number(),
            Active = (int)reader.Signed(),
            Readers = (int)reader.Signed(),
        })))
        {
            _intervals.Add(block, interval);
        }

        _sequence = reader.Number();
    }

    private Interval Find(BlockKey block) =>
        _intervals.TryGetValue(block, out Interval interval) ? interval : new Interval { Sequence = _sequence };

    private void Store(BlockKey block, Interval interval)
    {
        if (interval.Active == 0 && interval.Readers == 0)
        {
            _intervals.Remove(block);
            _sequence = _intervals.Count == 0 ? FirstSequence : _sequence; // nobody holds an old one
        }
        else
        {
            _intervals[block] = interval;
        }
    }

    private struct Interval
    {
        public ulong Sequence;
        public int Active;
        public int Readers;
    }
}
