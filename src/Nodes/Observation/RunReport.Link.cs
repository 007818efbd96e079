using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Observation;

/// <summary>The traffic of one directed link.</summary>
public sealed record LinkReport
{
    /// <summary>Name of the sending node.</summary>
    public required string From { get; init; }

    /// <summary>Name of the receiving node.</summary>
    public required string To { get; init; }

    /// <summary>Messages and copy chunks sent.</summary>
    public required long Messages { get; init; }

    /// <summary>Bytes sent.</summary>
    public required long Bytes { get; init; }

    /// <summary>Time the link was occupied.</summary>
    public required VirtualDuration BusyTime { get; init; }

    /// <summary>Busy time as a share of the run, 0 to 1.</summary>
    public required double Utilisation { get; init; }
}
