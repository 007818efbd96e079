using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Execution;

/// <summary>One warp of a device or thread of a CPU: where it is in its stream and what it waits for.</summary>
/// <param name="Index">Its number on the processor.</param>
/// <param name="Accesses">What it executes.</param>
internal sealed record Warp(int Index, AccessStream Accesses)
{
    /// <summary>The run it is in; empty when <see cref="PagesLeft"/> is zero.</summary>
    public AccessRun Run;

    /// <summary>Pages of the run that are still to be visited.</summary>
    public int PagesLeft;

    /// <summary>When it visits its next page, while it is ready; when it stalled, while it is not.</summary>
    public VirtualTime Time;

    /// <summary>What it waits for.</summary>
    public WarpState State;

    /// <summary>True if its next visit failed to translate at least once.</summary>
    public bool HasFaulted;
}
