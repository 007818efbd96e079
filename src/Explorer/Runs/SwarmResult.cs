namespace HmmSim.Explorer.Runs;

/// <summary>What <see cref="Swarm"/> found.</summary>
/// <param name="Sampling">The figures of all members up to the one that found the violation, added up.</param>
/// <param name="Finder">The member with the lowest number that found a violation; null if none did.</param>
public sealed record SwarmResult(RunSamplerResult Sampling, SwarmMember? Finder);
