using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Workloads;

/// <summary>Accesses of one warp or thread to consecutive ascending pages, each touched equally often.</summary>
/// <param name="Begin">The first page.</param>
/// <param name="Pages">Pages of the run, at least 1.</param>
/// <param name="AccessesPerPage">Accesses to each page before the next page is touched, at least 1.</param>
/// <param name="Kind">Whether the accesses read or write.</param>
public readonly record struct AccessRun(VirtualPageNumber Begin, int Pages, int AccessesPerPage, AccessKind Kind)
{
    /// <summary>Accesses of the whole run.</summary>
    public long Accesses => (long)Pages * AccessesPerPage;
}
