using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Scenarios;

/// <summary>One direction of a link between two nodes of the graph (processors and switches).</summary>
public sealed record LinkSpec
{
    /// <summary>The node that sends.</summary>
    public required string From { get; init; }

    /// <summary>The node that receives.</summary>
    public required string To { get; init; }

    /// <summary>Time a message is under way beside its transfer time; above zero.</summary>
    public required VirtualDuration Latency { get; init; }

    /// <summary>Effective rate in this direction; above zero.</summary>
    public required Bandwidth Bandwidth { get; init; }
}
