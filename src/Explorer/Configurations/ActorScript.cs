using System.Collections.Immutable;

namespace HmmSim.Explorer.Configurations;

/// <summary>What one actor of a model does, operation by operation.</summary>
/// <param name="Actor">Its name.</param>
/// <param name="Operations">Its operations in order, as its model family writes them.</param>
public sealed record ActorScript(string Actor, ImmutableArray<string> Operations)
{
    /// <inheritdoc/>
    public bool Equals(ActorScript? other) => other is not null && Actor == other.Actor
        && Operations.SequenceEqual(other.Operations);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Actor, Operations.Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Actor}: {string.Join("; ", Operations)}";
}
