using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

/// <summary>How a <see cref="LaneRuntime"/> is laid out.</summary>
public sealed record LaneSettings
{
    /// <summary>Name of the actor system, and prefix of the dispatchers' names.</summary>
    public string Name { get; init; } = "hmmsim";

    /// <summary>Number of lanes; 1 to 64. More lanes than cores only cost.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Whether several lanes run at the same time.</summary>
    public LaneThreading Threading { get; init; }

    /// <summary>Windows between two decisions of <see cref="LaneThreading.Adaptive"/>; at least 1.</summary>
    public int AdaptInterval { get; init; } = 256;

    /// <summary>
    /// A lower bound of the delay between a step at time t and any message to <em>another</em> actor: the minimum of all link
    /// latencies and of every processor's fault-raise latency. At least 1 ps. It is the length of a window: the larger, the
    /// more can be executed between two exchanges.
    /// </summary>
    public required VirtualDuration Lookahead { get; init; }

    /// <summary>How to meet the other members of a distributed run; null for a run in this process alone.</summary>
    internal IWindowExchange? Exchange { get; init; }

    internal void Check()
    {
        if (Lanes is < 1 or > 64)
        {
            throw new ArgumentException($"lanes is {Lanes}, expected 1 to 64; one per core is the useful maximum");
        }

        if (AdaptInterval < 1)
        {
            throw new ArgumentException($"adapt interval is {AdaptInterval}, expected at least 1 window");
        }

        if (Lookahead.Picoseconds < 1)
        {
            throw new ArgumentException($"lookahead is {Lookahead}, expected at least 1ps; use the smallest latency between two memories");
        }
    }
}
