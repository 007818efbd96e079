namespace HmmSim.Nodes.Workloads;

/// <summary>
/// The share of one warp in a row of units (pages, stride points, rows), cut into turns of consecutive units. Over all
/// warps the shares cover each unit exactly once.
/// </summary>
public readonly struct TurnShare
{
    private readonly long _begin;
    private readonly long _end;
    private readonly long _unitsPerTurn;
    private readonly long _step;

    /// <summary>The share of a warp in <paramref name="units"/> units.</summary>
    public TurnShare(WorkPartition partition, long units, long unitsPerTurn, int warp, int warps)
    {
        _unitsPerTurn = unitsPerTurn;
        switch (partition)
        {
            case WorkPartition.GridStride:
                // The begin of a warp that gets no turn lies at or behind the end; 2^45 pages times a turn fits easily.
                _begin = Math.Min(units, SaturatingMultiply(warp, unitsPerTurn));
                _end = units;
                _step = SaturatingMultiply(warps, unitsPerTurn);
                break;
            case WorkPartition.Block:
                _begin = PartBegin(units, warp, warps);
                _end = PartBegin(units, warp + 1, warps);
                _step = unitsPerTurn;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(partition), partition, "expected GridStride or Block");
        }
    }

    /// <summary>First unit of the first turn; the end of the share if it is empty.</summary>
    public long Begin => _begin;

    /// <summary>Whether a cursor has passed the last turn.</summary>
    public bool IsOver(long cursor) => cursor >= _end;

    /// <summary>Units of the turn that starts at the cursor.</summary>
    public long Units(long cursor) => Math.Min(_unitsPerTurn, _end - cursor);

    /// <summary>First unit of the turn after the one that starts at the cursor.</summary>
    public long Next(long cursor) => cursor + _step < cursor ? _end : cursor + _step;

    private static long PartBegin(long units, int warp, int warps) => (units / warps * warp) + Math.Min(warp, units % warps);

    private static long SaturatingMultiply(long left, long right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high == 0 && low >= 0 ? low : long.MaxValue;
    }
}
