using System.Collections.Immutable;

namespace HmmSim.Nodes.Scenarios;

/// <summary>
/// Everything that decides a run: machines, links, buffers and what the processors do. Immutable and complete: presets and
/// defaults are filled in, references are resolved by name and checked, every span and size carries its unit in its type.
/// Two scenarios with the same digest give the same run.
/// </summary>
/// <remarks>The order of every list is the order of the file; names of processors and switches are unique in the whole scenario.</remarks>
public sealed record Scenario
{
    /// <summary>Name of the scenario; names the result folder.</summary>
    public required string Name { get; init; }

    /// <summary>What the scenario shows, in a sentence; empty if not given.</summary>
    public string Description { get; init; } = "";

    /// <summary>Seed of every random choice of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whether each page carries a 64-bit value that counts its stores, so that a lost one fails the run's checks: slower, more memory.</summary>
    public required bool TrackValues { get; init; }

    /// <summary>The hosts, at least one.</summary>
    public required ImmutableArray<HostSpec> Hosts { get; init; }

    /// <summary>Names of the nodes of the graph of links that only forward.</summary>
    public required ImmutableArray<string> Switches { get; init; }

    /// <summary>Directed links: what the file wrote as <c>between</c> is two of them, forward then backward.</summary>
    public required ImmutableArray<LinkSpec> Links { get; init; }

    /// <summary>Ranges of the one address space that all hosts share, in the order of their addresses.</summary>
    public required ImmutableArray<BufferSpec> Buffers { get; init; }

    /// <summary>What the processors do, at least one.</summary>
    public required ImmutableArray<StreamSpec> Streams { get; init; }
}
