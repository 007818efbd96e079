using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Symmetry;

/// <summary>
/// The quotient of a model by its symmetry: states are the representatives of orbits, and every transition ends with the choice
/// of the representative. Any engine explores it as it explores a model.
/// </summary>
/// <remarks>
/// A run of the quotient is not a run of the model, since agents change their names on the way; <see cref="SymmetricSearch"/>
/// turns one into the other. Properties must not depend on names, and liveness must not be checked on the quotient.
/// </remarks>
public readonly struct Quotient<TModel>(TModel model) : IModel
    where TModel : ISymmetricModel
{
    /// <summary>The model itself.</summary>
    public TModel Model => model;

    /// <inheritdoc/>
    public int StateWords => model.StateWords;

    /// <inheritdoc/>
    public int InitialStateCount => model.InitialStateCount;

    /// <inheritdoc/>
    public int TransitionCount => model.TransitionCount;

    /// <inheritdoc/>
    public int MaxEnabled => model.MaxEnabled;

    /// <inheritdoc/>
    public IReadOnlyList<string> Properties => model.Properties;

    /// <inheritdoc/>
    public void WriteInitialState(int index, Span<ulong> state)
    {
        model.WriteInitialState(index, state);
        model.Canonicalize(state);
    }

    /// <inheritdoc/>
    public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions) => model.WriteEnabled(state, transitions);

    /// <inheritdoc/>
    public void Apply(Span<ulong> state, int transition)
    {
        model.Apply(state, transition);
        model.Canonicalize(state);
    }

    /// <inheritdoc/>
    public int FindViolation(ReadOnlySpan<ulong> state) => model.FindViolation(state);

    /// <inheritdoc/>
    public int FindTerminalViolation(ReadOnlySpan<ulong> state) => model.FindTerminalViolation(state);

    /// <inheritdoc/>
    public string DescribeState(ReadOnlySpan<ulong> state) => model.DescribeState(state);

    /// <inheritdoc/>
    public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) => model.DescribeTransition(state, transition);
}
