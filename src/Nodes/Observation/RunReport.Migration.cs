using HmmSim.Protocol.Migration;

namespace HmmSim.Nodes.Observation;

/// <summary>Migrations of one cause in one direction.</summary>
public sealed record MigrationReport
{
    /// <summary>Why they happened.</summary>
    public required MigrationCause Cause { get; init; }

    /// <summary>From which kind of memory to which.</summary>
    public required MigrationDirection Direction { get; init; }

    /// <summary>Migration transactions with pages of this cause and direction; one with touched and brought-along pages is in both rows.</summary>
    public required long Transactions { get; init; }

    /// <summary>Pages moved.</summary>
    public required long Pages { get; init; }

    /// <summary>
    /// Bytes of the pages that had contents to copy: 0 where pages began their life at the destination. Pages that go through RAM
    /// are counted once.
    /// </summary>
    public required long Bytes { get; init; }
}
