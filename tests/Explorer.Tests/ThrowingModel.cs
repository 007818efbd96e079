using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Tests;

/// <summary>A binary tree, one state of which cannot be expanded.</summary>
internal readonly struct ThrowingModel : IModel
{
    private const ulong Limit = 100_000;

    public int StateWords => 1;

    public int InitialStateCount => 1;

    public int TransitionCount => 2;

    public int MaxEnabled => 2;

    public IReadOnlyList<string> Properties => [];

    public void WriteInitialState(int index, Span<ulong> state) => state[0] = 1;

    public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
    {
        if (state[0] == 40_000)
        {
            throw new NotSupportedException("state 40000");
        }

        (transitions[0], transitions[1]) = (0, 1);
        return state[0] < Limit ? 2 : 0;
    }

    public void Apply(Span<ulong> state, int transition) => state[0] = (state[0] * 2) + (ulong)transition;

    public int FindViolation(ReadOnlySpan<ulong> state) => ModelProperty.None;

    public int FindTerminalViolation(ReadOnlySpan<ulong> state) => ModelProperty.None;

    public string DescribeState(ReadOnlySpan<ulong> state) => $"{state[0]}";

    public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) => transition == 0 ? "left" : "right";
}
