using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Execution;

/// <summary>Something that leaves a processor while it executes; ordered by time and then by warp, of which each has at most one.</summary>
/// <param name="At">When.</param>
/// <param name="Warp">Which warp.</param>
/// <param name="Kind">What.</param>
/// <param name="Page">The page it concerns.</param>
/// <param name="Access">Load or store.</param>
/// <param name="Accesses">For a remote access, how many.</param>
internal readonly record struct Departure(VirtualTime At, int Warp, DepartureKind Kind, VirtualPageNumber Page, AccessKind Access, int Accesses)
    : IComparable<Departure>
{
    /// <inheritdoc/>
    public int CompareTo(Departure other)
    {
        int byTime = At.CompareTo(other.At);
        return byTime != 0 ? byTime : Warp.CompareTo(other.Warp);
    }
}
