using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Workloads;

/// <summary>
/// A two-dimensional five-point stencil (Jacobi, heat, hotspot) over two row-major buffers of 8-byte cells that swap
/// after each iteration. For each inner row r, a warp reads rows r - 1, r and r + 1 of the one buffer and writes row r
/// of the other; the border keeps its values. Each cell is loaded once per row pass: left and right neighbours come from
/// registers or the cache line already there.
/// </summary>
/// <param name="Name">Name of the stream.</param>
/// <param name="First">First page of the buffer that the first iteration reads.</param>
/// <param name="Second">First page of the buffer that the first iteration writes.</param>
/// <param name="Rows">Rows including the border, at least 3.</param>
/// <param name="Columns">Columns including the border, at least 3.</param>
/// <param name="Iterations">Sweeps over the grid, at least 1.</param>
/// <param name="RowsPerTurn">Consecutive rows a warp takes at once, at least 1.</param>
/// <param name="Partition">How the inner rows are dealt to warps.</param>
public sealed record StencilWorkload(
    string Name,
    VirtualPageNumber First,
    VirtualPageNumber Second,
    int Rows,
    int Columns,
    int Iterations,
    int RowsPerTurn = 1,
    WorkPartition Partition = WorkPartition.Block) : Workload(Name)
{
    /// <summary>Cells of 8 bytes in one page.</summary>
    public const int CellsPerPage = VirtualPageNumber.PageBytes / 8;

    /// <summary>Pages that each of the two buffers takes.</summary>
    public long BufferPages => (((long)Rows * Columns) + CellsPerPage - 1) / CellsPerPage;

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireRange(nameof(Rows), Rows, 3, int.MaxValue);
        RequireRange(nameof(Columns), Columns, 3, int.MaxValue);
        RequireRange(nameof(Iterations), Iterations, 1, int.MaxValue);
        RequireRange(nameof(RowsPerTurn), RowsPerTurn, 1, int.MaxValue);
        RequireDefined(nameof(Partition), Partition);
        var first = new PageRange(First, BufferPages);
        var second = new PageRange(Second, BufferPages);
        RequireBuffer(nameof(First), first);
        RequireBuffer(nameof(Second), second);
        if (first.Overlaps(second))
        {
            throw new WorkloadException(
                Name,
                nameof(Second),
                $"the buffers of {BufferPages} pages at {First} and {Second} overlap; move one by that many pages");
        }
    }

    /// <inheritdoc/>
    protected override AccessStream OpenCore(int warp, int warps, ulong seed) =>
        new StencilStream(this, new TurnShare(Partition, Rows - 2, RowsPerTurn, warp, warps));
}
