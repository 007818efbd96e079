using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Conformance.Replay;

/// <summary>
/// Where the windows of a trace lie: from 0x700000000000 on, 16 MiB each, so that each has page tables of its own.
/// </summary>
public static class WindowAddresses
{
    private static readonly VirtualPageNumber First = VirtualPageNumber.OfAddress(0x7000_0000_0000);

    /// <summary>A page of a window.</summary>
    /// <param name="window">The window, from 0.</param>
    /// <param name="page">The page, from the begin of the window.</param>
    public static VirtualPageNumber PageOf(int window, int page) => First + ((window * TraceScript.WindowPages) + page);
}
