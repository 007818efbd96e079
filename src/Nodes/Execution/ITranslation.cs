using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Time;
using HmmSim.Nodes.Workloads;

namespace HmmSim.Nodes.Execution;

/// <summary>What a processor needs of the memory it runs beside: translation of its pages, and a way to raise faults.</summary>
internal interface ITranslation
{
    /// <summary>
    /// Translates up to <paramref name="pages"/> consecutive pages from <paramref name="begin"/>. How many from the first on
    /// translate alike is the length of the answer.
    /// </summary>
    Translation Translate(VirtualPageNumber begin, int pages, AccessKind kind);

    /// <summary>Adds one to the value of each page (values are tracked; the pages have just translated as local).</summary>
    void IncrementValues(VirtualPageNumber begin, int pages);

    /// <summary>The page did not translate at <paramref name="at"/>: raises a fault of <paramref name="warp"/>.</summary>
    void RaiseFault(int warp, VirtualPageNumber page, AccessKind kind, VirtualTime at);

    /// <summary>The page translated to RAM of a home: sends <paramref name="accesses"/> loads or stores there.</summary>
    void AccessRemote(int warp, VirtualPageNumber page, AccessKind kind, int accesses, VirtualTime at);
}
