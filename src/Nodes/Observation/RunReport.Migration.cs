using HmmSim.Protocol.Migration;

namespace HmmSim.Nodes.Observation;

/// <summary>Migrations of one cause in one direction.</summary>
public sealed record MigrationReport
{
    /// <summary>Why they happened.</summary>
    public required MigrationCause Cause { get; init; }

    /// <summary>From which kind of memory to which.</summary>
    public required MigrationDirection Direction { get; init; }

    /// <summary>Migration transactions.</summary>
    public required long Transactions { get; init; }

    /// <summary>Pages moved.</summary>
    public required long Pages { get; init; }

    /// <summary>Bytes copied; less than pages × 4096 if pages that were never written need no copy.</summary>
    public required long Bytes { get; init; }
}
