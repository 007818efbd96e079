using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Tests;

/// <summary>Two counters that each agent may raise twice, with a fault in what the model claims about itself.</summary>
internal readonly struct FaultyModel(ModelFault fault) : ISymmetricModel, IActorModel
{
    private const int Limit = 2;

    public int StateWords => 2;

    public int InitialStateCount => 1;

    public int TransitionCount => 2;

    public int MaxEnabled => 2;

    public int PermutationCount => 2;

    public int ActorCount => 2;

    public IReadOnlyList<string> Properties => ["second counter below its limit"];

    public void WriteInitialState(int index, Span<ulong> state) => state.Clear();

    public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
    {
        int count = 0;
        for (int agent = 0; agent < 2; agent++)
        {
            if (IsEnabled(state, agent))
            {
                transitions[count++] = agent;
            }
        }

        return count;
    }

    public void Apply(Span<ulong> state, int transition)
    {
        state[transition]++;
        if (fault == ModelFault.SharedVariable && transition == 0 && state[1] > 0)
        {
            // The first agent looks at the second one's counter.
            state[0] = Limit + 1;
        }
    }

    public int FindViolation(ReadOnlySpan<ulong> state) => fault == ModelFault.PropertyNamesAgent && state[1] == Limit
        ? 0
        : ModelProperty.None;

    public int FindTerminalViolation(ReadOnlySpan<ulong> state) => ModelProperty.None;

    public void Permute(int permutation, ReadOnlySpan<ulong> source, Span<ulong> target)
    {
        source.CopyTo(target);
        if (permutation == 1)
        {
            (target[0], target[1]) = fault == ModelFault.HalfPermutation ? (source[1], source[1]) : (source[1], source[0]);
        }
    }

    public int PermuteTransition(int permutation, int transition) => permutation == 0 ? transition : 1 - transition;

    public void Canonicalize(Span<ulong> state)
    {
        if (state[0] > state[1] && fault != ModelFault.NoCanonicalForm)
        {
            (state[0], state[1]) = (state[1], state[0]);
        }
    }

    public int ActorOf(int transition) => transition;

    public int PendingCount(ReadOnlySpan<ulong> state, int transition) =>
        fault == ModelFault.WrongPendingCount ? 1 : IsEnabled(state, transition) ? 1 : 0;

    public string DescribeState(ReadOnlySpan<ulong> state) => $"({state[0]}, {state[1]})";

    public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) => $"raise {transition}";

    private bool IsEnabled(ReadOnlySpan<ulong> state, int agent) =>
        state[agent] < Limit
        && !(fault == ModelFault.FirstAgentDisabled && agent == 0 && state[0] == 1)
        && !(fault == ModelFault.OneDisablesOther && state[1 - agent] == 1);
}
