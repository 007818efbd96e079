using System.Collections.Immutable;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>Ways to say one thing: either all keys of one group or all keys of another.</summary>
/// <param name="Groups">The groups, such as [between] and [from, to].</param>
/// <param name="Exclusive">Whether two groups must not be mixed.</param>
public sealed record KeyAlternatives(ImmutableArray<ImmutableArray<string>> Groups, bool Exclusive)
{
    /// <summary>The groups in words: "between, or from and to".</summary>
    public string Describe() => string.Join(", or ", Groups.Select(group => string.Join(" and ", group)));
}
