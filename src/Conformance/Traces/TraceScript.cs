namespace HmmSim.Conformance.Traces;

/// <summary>One script of a trace file: operations that were carried out one after the other on a fresh system.</summary>
public sealed record TraceScript
{
    /// <summary>Processes at one time.</summary>
    public const int ProcessSlots = 4;

    /// <summary>Windows of addresses.</summary>
    public const int Windows = 4;

    /// <summary>Devices.</summary>
    public const int Devices = 2;

    /// <summary>Pages of 4 KiB of a window: 16 MiB.</summary>
    public const int WindowPages = 4096;

    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>Its line in the file, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Operations and answers.</summary>
    public required IReadOnlyList<TraceStep> Steps { get; init; }

    /// <summary>
    /// <c>nd_smp</c>: from this operation on another run of the kernel, on two CPUs, gave another answer; null if none did.
    /// </summary>
    public int? UnstableFrom { get; init; }

    /// <summary>True if the kernel itself does not always answer as recorded.</summary>
    public bool IsUnstable(int step) => step >= UnstableFrom;
}
