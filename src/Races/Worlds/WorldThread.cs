using System.Collections.Immutable;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Races.Worlds;

/// <summary>A thread and its script.</summary>
/// <param name="Name">Its name in configurations and reports.</param>
/// <param name="Kind">How it reaches memory.</param>
/// <param name="Machine">Position of the machine it runs at.</param>
/// <param name="Space">The address space it runs in.</param>
/// <param name="Steps">For each step the operations it may choose from; one where it has no choice.</param>
public sealed record WorldThread(
    string Name, ThreadKind Kind, int Machine, AddressSpaceId Space, ImmutableArray<ImmutableArray<Operation>> Steps)
{
    /// <summary>The most operations that a step offers.</summary>
    public int Alternatives => Steps.Select(step => step.Length).DefaultIfEmpty(1).Max();
}
