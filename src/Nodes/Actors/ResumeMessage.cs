using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Actors;

/// <summary>A node's message to itself: after a delay, a warp goes on or a device replays.</summary>
/// <param name="endpoint">The memory whose effect this is.</param>
/// <param name="warp">The warp, or -1 for every warp that waits for a fault of this memory.</param>
internal sealed class ResumeMessage(MemoryId endpoint, int warp) : TimedMessage
{
    /// <summary>The memory whose effect this is.</summary>
    public MemoryId Endpoint { get; } = endpoint;

    /// <summary>The warp, or -1 for all.</summary>
    public int Warp { get; } = warp;
}
