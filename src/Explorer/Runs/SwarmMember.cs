namespace HmmSim.Explorer.Runs;

/// <summary>How one member of a swarm samples; all of it drawn from the swarm's seed and the member's number.</summary>
/// <param name="Number">Number of the member, from 0.</param>
/// <param name="Options">Its strategy, depth, limit of steps, seed and share of the runs.</param>
/// <param name="Avoided">Transitions that it takes only where nothing else is enabled, so that others get further ahead than
/// chance would let them.</param>
public sealed record SwarmMember(int Number, RunSamplerOptions Options, IReadOnlyList<int> Avoided);
