using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

/// <summary>How far a run may go. The default is until no timed message is left.</summary>
public sealed record RunLimits
{
    /// <summary>No limit at all.</summary>
    public static readonly RunLimits None = new();

    /// <summary>Events and advances at this time or later stay pending.</summary>
    public VirtualTime Until { get; init; } = VirtualTime.Never;

    /// <summary>The run stops at the end of the window in which it has made so many steps, on any number of lanes the same.</summary>
    public long MaxSteps { get; init; } = long.MaxValue;

    /// <summary>Steps and advances between two progress reports, at least; reports come at window ends only.</summary>
    public long ProgressInterval { get; init; } = 1 << 16;
}
