using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Explanations;

/// <summary>
/// A model of which one property counts. States that violate another one are ends in which nothing is wrong, so that a run to a
/// violation of the property passes none of the others, and shrinking cannot slip from one bug to the next.
/// </summary>
internal sealed class FocusedModel(IModel model, int property) : IModel
{
    public int StateWords => model.StateWords;

    public int InitialStateCount => model.InitialStateCount;

    public int TransitionCount => model.TransitionCount;

    public int MaxEnabled => model.MaxEnabled;

    public IReadOnlyList<string> Properties => model.Properties;

    public void WriteInitialState(int index, Span<ulong> state) => model.WriteInitialState(index, state);

    public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions) =>
        model.FindViolation(state) is var found && found != ModelProperty.None && found != property
            ? 0
            : model.WriteEnabled(state, transitions);

    public void Apply(Span<ulong> state, int transition) => model.Apply(state, transition);

    public int FindViolation(ReadOnlySpan<ulong> state) => OnlyMine(model.FindViolation(state));

    public int FindTerminalViolation(ReadOnlySpan<ulong> state) =>
        model.FindViolation(state) == ModelProperty.None ? OnlyMine(model.FindTerminalViolation(state)) : ModelProperty.None;

    public string DescribeState(ReadOnlySpan<ulong> state) => model.DescribeState(state);

    public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) => model.DescribeTransition(state, transition);

    private int OnlyMine(int found) => found == property ? found : ModelProperty.None;
}
