using System.Collections.Immutable;

namespace HmmSim.Nodes.Observation;

/// <summary>
/// The figures of one finished run. All except <see cref="Performance"/> depend on the scenario alone: they are the same on any
/// number of lanes and any machine.
/// </summary>
public sealed record RunReport
{
    /// <summary>The run as a whole.</summary>
    public required RunTotals Totals { get; init; }

    /// <summary>CPUs and devices in the order of the scenario: each host's CPU, then its devices.</summary>
    public required ImmutableArray<ProcessorReport> Processors { get; init; }

    /// <summary>Devices in the order of the scenario.</summary>
    public required ImmutableArray<DeviceReport> Devices { get; init; }

    /// <summary>Migrations by cause and direction, combinations that occurred only, ordered by cause and then direction.</summary>
    public required ImmutableArray<MigrationReport> Migrations { get; init; }

    /// <summary>Directed links in the order of the scenario.</summary>
    public required ImmutableArray<LinkReport> Links { get; init; }

    /// <summary>Where the time of faults went, one entry for each phase in the order of <see cref="FaultPhase"/>.</summary>
    public required ImmutableArray<FaultPhaseReport> FaultPhases { get; init; }

    /// <summary>Balances that must hold at the end: frames, pages, waiters, values.</summary>
    public required ImmutableArray<ConservationCheck> Checks { get; init; }

    /// <summary>How fast the simulation was: the only part that differs between two runs of a scenario.</summary>
    public required RunPerformance Performance { get; init; }

    /// <summary>Whether every check passed.</summary>
    public bool Passed => Checks.All(check => check.Passed);
}
