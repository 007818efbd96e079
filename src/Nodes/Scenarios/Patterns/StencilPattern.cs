namespace HmmSim.Nodes.Scenarios;

/// <summary>
/// A five-point stencil on a grid of <see cref="Rows"/> × <see cref="Columns"/> 8-byte cells: each iteration reads a row and its
/// two neighbours from one buffer and writes the row to the other; then the buffers change roles.
/// </summary>
public sealed record StencilPattern : AccessPattern
{
    /// <summary>Bytes of one cell of the grid.</summary>
    public const int CellBytes = 8;

    /// <inheritdoc/>
    public override string Keyword => "stencil";

    /// <summary>Name of the buffer read in the first iteration.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the buffer written in the first iteration; not the same.</summary>
    public required string Target { get; init; }

    /// <summary>Rows of the grid, the border included, at least 3.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of the grid, the border included, at least 3.</summary>
    public required int Columns { get; init; }

    /// <summary>Number of iterations, at least 1.</summary>
    public required int Iterations { get; init; }

    /// <summary>Consecutive rows one warp takes before the next warp's share begins, at least 1.</summary>
    public int RowsPerTurn { get; init; } = 1;
}
