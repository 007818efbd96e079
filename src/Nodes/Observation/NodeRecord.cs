using HdrHistogram;
using HmmSim.Protocol.Steps;

namespace HmmSim.Nodes.Observation;

/// <summary>What the machines of one node noted: counters, and a histogram for each phase of a fault.</summary>
internal sealed partial class NodeRecord
{
    private const long LongestNanoseconds = 3_600_000_000_000;
    private const int SignificantDigits = 3;
    private const long PicosecondsPerNanosecond = 1000;

    private readonly long[] _counts = new long[Enum.GetValues<NoteKind>().Length];
    private readonly LongHistogram?[] _durations = new LongHistogram?[Enum.GetValues<NoteKind>().Length];
    private readonly SortedDictionary<byte, (long Transactions, long Pages)> _migrations = [];

    /// <summary>Protocol messages handled.</summary>
    public long Steps;

    /// <summary>Faults that reached their handler or buffer.</summary>
    public long FaultsRaised;

    /// <summary>Replay commands.</summary>
    public long Replays;

    /// <summary>Batches fetched.</summary>
    public long Batches;

    /// <summary>Chunks evicted.</summary>
    public long ChunksEvicted;

    /// <summary>Sum of the amounts noted of a kind that is no duration.</summary>
    public long this[NoteKind note] => _counts[(int)note];

    /// <summary>Pages and transactions by packed <see cref="MigrationNote"/>.</summary>
    public IReadOnlyDictionary<byte, (long Transactions, long Pages)> Migrations => _migrations;

    /// <summary>The durations noted of a kind, in nanoseconds with three significant digits; null if none was.</summary>
    public LongHistogram? Durations(NoteKind note) => _durations[(int)note];

    /// <summary>An empty histogram of the form used here, to merge others into.</summary>
    public static LongHistogram NewHistogram() => new(LongestNanoseconds, SignificantDigits);

    /// <summary>Takes in a note.</summary>
    public void Add(in Effect effect)
    {
        switch (effect.Note)
        {
            case NoteKind.QueuePhase or NoteKind.UnmapPhase or NoteKind.CopyPhase or NoteKind.FinalizePhase
                or NoteKind.DeviceFaultTotal or NoteKind.CpuFaultTotal:
                LongHistogram durations = _durations[(int)effect.Note] ??= NewHistogram();
                durations.RecordValue(Math.Min(effect.Amount / PicosecondsPerNanosecond, LongestNanoseconds));
                break;
            case NoteKind.PagesMigrated:
                (long transactions, long pages) = _migrations.GetValueOrDefault(effect.Detail);
                _migrations[effect.Detail] = (transactions + 1, pages + effect.Amount);
                break;
            default:
                _counts[(int)effect.Note] += effect.Amount;
                Batches += effect.Note == NoteKind.BatchFetched ? 1 : 0;
                ChunksEvicted += effect.Note == NoteKind.ChunkEvicted ? 1 : 0;
                break;
        }
    }
}
