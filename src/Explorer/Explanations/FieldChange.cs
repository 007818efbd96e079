namespace HmmSim.Explorer.Explanations;

/// <summary>A variable that a step changes.</summary>
/// <param name="Actor">Position of its actor in <see cref="Explanation.Actors"/>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Before">Its value before; may be empty.</param>
/// <param name="After">Its value after; may be empty.</param>
public sealed record FieldChange(int Actor, string Name, string Before, string After)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {(Before.Length == 0 ? "-" : Before)} -> {(After.Length == 0 ? "-" : After)}";
}
