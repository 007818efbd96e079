using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Workloads;

/// <summary>The rows of one warp of a <see cref="StencilWorkload"/>, cut into runs of whole pages and partly used ones.</summary>
internal sealed class StencilStream : AccessStream
{
    private readonly StencilWorkload _workload;
    private readonly TurnShare _share;

    /// <summary>Iterations done.</summary>
    private int _iteration;

    /// <summary>First inner row (counted from 0) of the current turn.</summary>
    private long _turn;

    /// <summary>Rows of the current turn that are done.</summary>
    private long _rowInTurn;

    /// <summary>Which of the four row accesses of the current row is under way.</summary>
    private Phase _phase;

    /// <summary>
    /// Next cell of the segment that the phase covers, and the cell behind its last, as indices into the buffer.
    /// </summary>
    private long _cell;
    private long _cellEnd;

    public StencilStream(StencilWorkload workload, TurnShare share)
    {
        _workload = workload;
        _share = share;
        _turn = share.Begin;
        _iteration = share.IsOver(share.Begin) ? workload.Iterations : 0;
        EnterPhase(Phase.ReadAbove);
    }

    private enum Phase : byte
    {
        ReadAbove,
        ReadCentre,
        ReadBelow,
        WriteCentre,
    }

    public override int StateWords => 5;

    public override bool TryNext(out AccessRun run)
    {
        if (_iteration == _workload.Iterations)
        {
            run = default;
            return false;
        }

        var offset = (int)(_cell % StencilWorkload.CellsPerPage);
        var left = _cellEnd - _cell;
        int pages;
        int accesses;
        if (offset != 0 || left < StencilWorkload.CellsPerPage)
        {
            pages = 1;
            accesses = (int)Math.Min(left, StencilWorkload.CellsPerPage - offset);
        }
        else
        {
            pages = (int)(left / StencilWorkload.CellsPerPage);
            accesses = StencilWorkload.CellsPerPage;
        }

        run = new AccessRun(
            Buffer() + (_cell / StencilWorkload.CellsPerPage),
            pages,
            accesses,
            _phase == Phase.WriteCentre ? AccessKind.Write : AccessKind.Read);
        _cell += (long)pages * accesses;
        if (_cell == _cellEnd)
        {
            AdvancePhase();
        }

        return true;
    }

    protected override void CaptureCore(Span<ulong> state)
    {
        state[0] = (ulong)_iteration;
        state[1] = (ulong)_turn;
        state[2] = (ulong)_rowInTurn;
        state[3] = (ulong)_phase;
        state[4] = (ulong)_cell;
    }

    protected override void RestoreCore(ReadOnlySpan<ulong> state)
    {
        _iteration = (int)state[0];
        _turn = (long)state[1];
        _rowInTurn = (long)state[2];
        EnterPhase((Phase)state[3]);
        _cell = (long)state[4];
    }

    /// <summary>Even iterations read the first buffer and write the second, odd ones the other way round.</summary>
    private VirtualPageNumber Buffer() =>
        (_phase == Phase.WriteCentre) ^ ((_iteration & 1) != 0) ? _workload.Second : _workload.First;

    private void AdvancePhase()
    {
        if (_phase != Phase.WriteCentre)
        {
            EnterPhase(_phase + 1);
            return;
        }

        _rowInTurn++;
        if (_rowInTurn == _share.Units(_turn))
        {
            _rowInTurn = 0;
            _turn = _share.Next(_turn);
            if (_share.IsOver(_turn))
            {
                _turn = _share.Begin;
                _iteration++;
            }
        }

        EnterPhase(Phase.ReadAbove);
    }

    private void EnterPhase(Phase phase)
    {
        // Inner row 0 is row 1 of the grid.
        var centre = _turn + _rowInTurn + 1;
        var (row, begin, end) = phase switch
        {
            Phase.ReadAbove => (centre - 1, 1, _workload.Columns - 1),
            Phase.ReadCentre => (centre, 0, _workload.Columns),
            Phase.ReadBelow => (centre + 1, 1, _workload.Columns - 1),
            Phase.WriteCentre => (centre, 1, _workload.Columns - 1),
        };
        _phase = phase;
        _cell = (row * _workload.Columns) + begin;
        _cellEnd = (row * _workload.Columns) + end;
    }
}
