namespace HmmSim.Explorer.Models;

/// <summary>
/// A model that can be told as a story: who does what to whom, and whose variables change. Reports have a column for each actor.
/// </summary>
public interface INarratedModel : IModel
{
    /// <summary>
    /// Names of the actors, in the order of their columns; for an <see cref="IActorModel"/> in the order of its actors.
    /// </summary>
    IReadOnlyList<string> ActorNames { get; }

    /// <summary>What a transition is.</summary>
    /// <param name="state">The state it is taken in.</param>
    /// <param name="transition">A transition enabled there.</param>
    StepNarrative NarrateStep(ReadOnlySpan<ulong> state, int transition);

    /// <summary>The variables of all actors, always the same ones in the same order, with their values as text.</summary>
    IReadOnlyList<StateField> DescribeFields(ReadOnlySpan<ulong> state);
}
