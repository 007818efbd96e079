using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Search;

/// <summary>A run that ends in a state that violates a property.</summary>
public sealed record Counterexample
{
    /// <summary>Position of the property in <see cref="IModel.Properties"/>.</summary>
    public required int Property { get; init; }

    /// <summary>Name of the property.</summary>
    public required string PropertyName { get; init; }

    /// <summary>True if the last state has no enabled transition and that is what is wrong.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Position of the initial state in which the run starts.</summary>
    public required int InitialState { get; init; }

    /// <summary>
    /// For a run that never ends: the number of steps before the cycle. The state after them is the last one too, and the steps
    /// behind them are repeated forever. Null for a run that ends.
    /// </summary>
    public int? LoopStart { get; init; }

    /// <summary>The transitions in order.</summary>
    public required IReadOnlyList<int> Transitions { get; init; }

    /// <summary>The states in order, one more than <see cref="Transitions"/>.</summary>
    public required IReadOnlyList<ulong[]> States { get; init; }

    /// <summary>Number of steps.</summary>
    public int Length => Transitions.Count;

    /// <summary>
    /// Takes the transitions one after the other, starting in an initial state, and checks that the last state violates the
    /// property.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model does not do again what it did: it is not deterministic.</exception>
    public static Counterexample Replay<TModel>(TModel model, int initialState, IReadOnlyList<int> transitions, bool isTerminal)
        where TModel : IModel
    {
        ulong[] state = new ulong[model.StateWords];
        int[] enabled = new int[model.MaxEnabled];
        model.WriteInitialState(initialState, state);
        List<ulong[]> states = [[.. state]];
        foreach (int transition in transitions)
        {
            int count = model.WriteEnabled(state, enabled);
            if (!enabled.AsSpan(0, count).Contains(transition))
            {
                throw new InvalidOperationException(
                    $"step {states.Count}: transition {transition} was enabled and no longer is in {model.DescribeState(state)}; "
                        + "the model is not deterministic");
            }

            model.Apply(state, transition);
            states.Add([.. state]);
        }

        int property = isTerminal ? model.FindTerminalViolation(state) : model.FindViolation(state);
        if (property == ModelProperty.None || (isTerminal && model.WriteEnabled(state, enabled) != 0))
        {
            throw new InvalidOperationException(
                $"the replayed run ends in {model.DescribeState(state)}, which violates nothing; the model is not deterministic");
        }

        return new Counterexample
        {
            Property = property,
            PropertyName = model.Properties[property],
            IsTerminal = isTerminal,
            InitialState = initialState,
            Transitions = [.. transitions],
            States = states,
        };
    }

    /// <summary>The run as text: one line for each step with the state after it.</summary>
    public IEnumerable<string> Describe<TModel>(TModel model)
        where TModel : IModel
    {
        yield return $"start: {model.DescribeState(States[0])}";
        for (int step = 0; step < Length; step++)
        {
            yield return $"{step + 1}. {model.DescribeTransition(States[step], Transitions[step])}: "
                + $"{model.DescribeState(States[step + 1])}";
        }

        yield return $"violates {PropertyName}";
    }
}
