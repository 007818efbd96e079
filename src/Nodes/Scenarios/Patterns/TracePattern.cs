namespace HmmSim.Nodes.Scenarios;

/// <summary>The accesses of a recorded program, at addresses of its own: they do not lie in any buffer.</summary>
public sealed record TracePattern : AccessPattern
{
    /// <inheritdoc/>
    public override string Keyword => "trace";

    /// <summary>The file as the scenario names it, relative to the scenario file.</summary>
    public required string File { get; init; }

    /// <summary>The file's full path on this machine; not part of the digest.</summary>
    public required string FullPath { get; init; }

    /// <summary>SHA-256 of the bytes of the file, in lower-case hexadecimal.</summary>
    public required string ContentDigest { get; init; }

    /// <summary>Most accesses to take from the file; null for all.</summary>
    public required long? Limit { get; init; }

    /// <summary>Name of the CPU that is the home of the recorded pages.</summary>
    public required string Home { get; init; }
}
