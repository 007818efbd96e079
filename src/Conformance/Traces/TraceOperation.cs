using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Traces;

/// <summary>One operation of a script. Which fields carry meaning depends on the kind; the others are zero.</summary>
public sealed record TraceOperation
{
    /// <summary>What is done.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary><c>p</c>: slot of the process, 0 to 3.</summary>
    public int Process { get; init; }

    /// <summary><c>q</c> of <c>fork</c>: slot of the child, 0 to 3.</summary>
    public int Child { get; init; }

    /// <summary>Number of the device, 0 or 1.</summary>
    public int Device { get; init; }

    /// <summary><c>d</c> was 10 or 11: the handle inherited from the parent at <c>fork</c>.</summary>
    public bool IsInherited { get; init; }

    /// <summary><c>b</c>: window of addresses, 0 to 3.</summary>
    public int Window { get; init; }

    /// <summary><c>pg</c>: the first page, from the begin of the window.</summary>
    public int Page { get; init; }

    /// <summary><c>n</c>: pages of 4 KiB.</summary>
    public int PageCount { get; init; }

    /// <summary><c>b2</c> of <c>mremap</c>.</summary>
    public int TargetWindow { get; init; }

    /// <summary><c>pg2</c> of <c>mremap</c>.</summary>
    public int TargetPage { get; init; }

    /// <summary><c>prot</c>.</summary>
    public Protections Protections { get; init; }

    /// <summary><c>kind</c> of <c>mmap</c>.</summary>
    public MappingKind Mapping { get; init; }

    /// <summary><c>advice</c> of <c>madv</c>.</summary>
    public Advice Advice { get; init; }

    /// <summary><c>val</c>.</summary>
    public ulong Value { get; init; }

    /// <summary><c>w</c> of <c>pin</c>: for writing.</summary>
    public bool IsWrite { get; init; }
}
