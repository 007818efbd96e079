namespace HmmSim.Protocol.Calls;

/// <summary>How a call ended.</summary>
public sealed record CallResult
{
    /// <summary>Success with nothing to tell.</summary>
    public static readonly CallResult Success = new();

    /// <summary>The error, or none.</summary>
    public Errno Error { get; init; }

    /// <summary>The signal of a load or store, or none.</summary>
    public FaultSignal Signal { get; init; }

    /// <summary>Driver calls: pages handled (<c>cpages</c>).</summary>
    public int PageCount { get; init; }

    /// <summary>Device reads and writes: device faults (<c>faults</c>).</summary>
    public int FaultCount { get; init; }

    /// <summary>Values read, a page each; null where the call reads none.</summary>
    public IReadOnlyList<ulong>? Values { get; init; }

    /// <summary><see cref="CallKind.Snapshot"/>: a byte for each page (<c>HMM_DMIRROR_PROT_*</c>).</summary>
    public IReadOnlyList<byte>? Permissions { get; init; }

    /// <summary>A failed call.</summary>
    public static CallResult Failed(Errno error) => new() { Error = error };

    /// <summary>An access that ended with a signal.</summary>
    public static CallResult Signalled(FaultSignal signal) => new() { Signal = signal };
}
