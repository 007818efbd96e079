using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Search;

/// <summary>
/// A model restricted to the runs of a round-robin scheduler that is delayed at most a few times (Emmi, Qadeer, Rakamaric:
/// "Delay-bounded scheduling", POPL 2011). Any engine explores it: with no delay it is one run, and each further delay adds runs,
/// the likely bugs first.
/// </summary>
/// <remarks>
/// The scheduler lets a transition number go on while it is enabled and then takes the next enabled one of the round. A delay
/// passes over the one whose turn it is. States have one word more than the model's, for the place in the round and the delays
/// used; transitions are the model's, so that a counterexample's transitions are a run of the model.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="delays">The most delays in a run; at least 0.</param>
public readonly struct DelayBounded(IModel model, int delays) : IModel
{
    /// <inheritdoc/>
    public int StateWords => model.StateWords + 1;

    /// <inheritdoc/>
    public int InitialStateCount => model.InitialStateCount;

    /// <inheritdoc/>
    public int TransitionCount => model.TransitionCount;

    /// <inheritdoc/>
    public int MaxEnabled => model.MaxEnabled;

    /// <inheritdoc/>
    public IReadOnlyList<string> Properties => model.Properties;

    /// <summary>Searches the runs of a model with at most some delays; the counterexample is one of the model.</summary>
    public static SearchResult Run(IModel model, int delays, SearchOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delays);
        SearchResult result = BreadthFirstSearch.Run(new DelayBounded(model, delays), options);
        return result.Counterexample is { } run
            ? result with { Counterexample = Counterexample.Replay(model, run.InitialState, run.Transitions, run.IsTerminal) }
            : result;
    }

    /// <inheritdoc/>
    public void WriteInitialState(int index, Span<ulong> state)
    {
        model.WriteInitialState(index, state[..^1]);
        state[^1] = 0;
    }

    /// <inheritdoc/>
    public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
    {
        int count = model.WriteEnabled(state[..^1], transitions);
        int place = PlaceOf(state[^1]);
        int turns = TransitionCount;
        transitions[..count].Sort((left, right) => TurnsUntil(left, place, turns).CompareTo(TurnsUntil(right, place, turns)));
        return Math.Min(count, delays - DelaysOf(state[^1]) + 1);
    }

    /// <inheritdoc/>
    public void Apply(Span<ulong> state, int transition)
    {
        Span<int> enabled = stackalloc int[model.MaxEnabled];
        int count = model.WriteEnabled(state[..^1], enabled);
        int place = PlaceOf(state[^1]);
        int passed = 0;
        foreach (int other in enabled[..count])
        {
            passed += TurnsUntil(other, place, TransitionCount) < TurnsUntil(transition, place, TransitionCount) ? 1 : 0;
        }

        model.Apply(state[..^1], transition);
        state[^1] = ((ulong)(DelaysOf(state[^1]) + passed) << 32) | (uint)transition;
    }

    /// <inheritdoc/>
    public int FindViolation(ReadOnlySpan<ulong> state) => model.FindViolation(state[..^1]);

    /// <inheritdoc/>
    public int FindTerminalViolation(ReadOnlySpan<ulong> state) => model.FindTerminalViolation(state[..^1]);

    /// <inheritdoc/>
    public string DescribeState(ReadOnlySpan<ulong> state) =>
        $"{model.DescribeState(state[..^1])} | round: {PlaceOf(state[^1])}, delays: {DelaysOf(state[^1])}";

    /// <inheritdoc/>
    public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) =>
        model.DescribeTransition(state[..^1], transition);

    private static int PlaceOf(ulong word) => (int)(uint)word;

    private static int DelaysOf(ulong word) => (int)(word >> 32);

    private static int TurnsUntil(int transition, int place, int turns) => transition >= place
        ? transition - place
        : transition - place + turns;
}
