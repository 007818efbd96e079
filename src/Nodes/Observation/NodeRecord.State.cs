using HdrHistogram;
using HmmSim.Protocol.State;

namespace HmmSim.Nodes.Observation;

// The figures in a checkpoint.
internal sealed partial class NodeRecord
{
    /// <summary>Writes all figures.</summary>
    public void Save(StateWriter writer)
    {
        writer.Signed(Steps);
        writer.Signed(FaultsRaised);
        writer.Signed(Replays);
        writer.Signed(Batches);
        writer.Signed(ChunksEvicted);
        writer.List(_counts, static (to, count) => to.Signed(count));
        writer.List(_durations, static (to, durations) => SaveDurations(to, durations));
        writer.Sorted(_migrations, static (to, note, counts) =>
        {
            to.Number(note);
            to.Signed(counts.Transactions);
            to.Signed(counts.Pages);
        });
    }

    /// <summary>Goes on from figures that were written by <see cref="Save"/>.</summary>
    /// <exception cref="InvalidStateException">The bytes are none.</exception>
    public void Load(StateReader reader)
    {
        Steps = reader.Signed();
        FaultsRaised = reader.Signed();
        Replays = reader.Signed();
        Batches = reader.Signed();
        ChunksEvicted = reader.Signed();
        RequireKinds(reader.Count());
        for (int kind = 0; kind < _counts.Length; kind++)
        {
            _counts[kind] = reader.Signed();
        }

        RequireKinds(reader.Count());
        for (int kind = 0; kind < _durations.Length; kind++)
        {
            _durations[kind] = LoadDurations(reader);
        }

        _migrations.Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            _migrations.Add((byte)reader.Number(), (reader.Signed(), reader.Signed()));
        }
    }

    private static void SaveDurations(StateWriter writer, LongHistogram? durations)
    {
        (long Value, long Count)[] recorded = durations is null
            ? []
            : [.. durations.RecordedValues().Select(value => (value.ValueIteratedTo, value.CountAddedInThisIterationStep))];
        writer.List(recorded, static (to, entry) =>
        {
            to.Signed(entry.Value);
            to.Signed(entry.Count);
        });
    }

    private static LongHistogram? LoadDurations(StateReader reader)
    {
        LongHistogram? durations = null;
        for (int left = reader.Count(); left > 0; left--)
        {
            (long value, long count) = (reader.Signed(), reader.Signed());
            if (value is < 0 or > LongestNanoseconds * 2 || count < 1)
            {
                throw new InvalidStateException($"{count} durations of {value} ns");
            }

            (durations ??= NewHistogram()).RecordValueWithCount(Math.Min(value, LongestNanoseconds), count);
        }

        return durations;
    }

    private void RequireKinds(int found)
    {
        if (found != _counts.Length)
        {
            throw new InvalidStateException($"figures of {found} kinds of notes, not of {_counts.Length}");
        }
    }
}
