using System.Collections.Immutable;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Interconnect;

/// <summary>The links from one node to another, in order.</summary>
/// <param name="Links">Positions of the links in <see cref="InterconnectGraph.Links"/>; at least one.</param>
/// <param name="Latency">Sum of their latencies.</param>
public sealed record Route(ImmutableArray<int> Links, VirtualDuration Latency);
