using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Observation;

/// <summary>What one CPU or device did.</summary>
public sealed record ProcessorReport
{
    /// <summary>Name in the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>Accesses performed; each is counted once, however often it was retried.</summary>
    public required long Accesses { get; init; }

    /// <summary>Accesses that found their page usable at the first try.</summary>
    public required long Hits { get; init; }

    /// <summary>Faults: first tries that found the page not usable. Accesses = hits + faults.</summary>
    public required long Faults { get; init; }

    /// <summary>Accesses to pages in the processor's own memory.</summary>
    public required long LocalAccesses { get; init; }

    /// <summary>Accesses over a link to pages mapped where they lie.</summary>
    public required long RemoteAccesses { get; init; }

    /// <summary>Accesses that the address space refused, such as to a buffer that was unmapped; not among <see cref="Accesses"/>.</summary>
    public required long RefusedAccesses { get; init; }

    /// <summary>Time that the processor's threads waited for faults, summed over threads.</summary>
    public required VirtualDuration StallTime { get; init; }

    /// <summary>When its last stream ended; zero without streams.</summary>
    public required VirtualTime EndTime { get; init; }
}
