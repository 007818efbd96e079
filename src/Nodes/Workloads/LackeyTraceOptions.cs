namespace HmmSim.Nodes.Workloads;

/// <summary>Which part of a trace is executed, and where in the address space.</summary>
/// <param name="AccessesMax">
/// Accesses after which the stream ends: a load, store or fetch is one, a modification two, and an access that crosses a page
/// boundary counts on both pages.
/// </param>
/// <param name="OffsetPages">
/// Pages added to each page of the trace, so that two traces can live side by side in one address space; 0 or more.
/// </param>
/// <param name="InstructionFetches">Whether instruction fetches are executed (as reads) or left out.</param>
public readonly record struct LackeyTraceOptions(
    long AccessesMax = long.MaxValue, long OffsetPages = 0, bool InstructionFetches = true)
{
    /// <summary>The whole trace at its own addresses.</summary>
    public static LackeyTraceOptions Default => new(long.MaxValue);
}
