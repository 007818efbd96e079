using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Topology;

/// <summary>One memory of the simulated system: what Linux calls a <c>dev_pagemap</c>, or the RAM itself.</summary>
public sealed record MemorySpec
{
    /// <summary>Its number, unique in the system, at least 1.</summary>
    public required MemoryId Id { get; init; }

    /// <summary>Name for people, as in the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>The host it belongs to.</summary>
    public required HostId Host { get; init; }

    /// <summary>Its relation to the host's CPU.</summary>
    public required MemoryType Type { get; init; }

    /// <summary>True for memory whose pages are mapped where they are and never move: the file system or driver owns all frames.</summary>
    public bool IsMappedInPlace => Type is MemoryType.FsDax or MemoryType.DeviceGeneric or MemoryType.PciP2p;

    /// <summary>First frame of its range in the physical numbering of the system.</summary>
    public required PageFrameNumber FirstFrame { get; init; }

    /// <summary>4 KiB frames it has, at least 1.</summary>
    public required long FrameCount { get; init; }

    /// <summary>Whether copies to and from another device go directly or through RAM of the home.</summary>
    public PeerCopy PeerCopy { get; init; }
}
