using CsCheck;
using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Tests;

/// <summary>
/// A transition system given by a table: what each of a few transitions makes of each state, or -1 where it is disabled.
/// </summary>
internal readonly struct TableModel(int[][] successors, int[] initial, int[] bad, int[] stuck) : IModel
{
    private readonly int[][] _successors = successors;

    /// <summary>
    /// Random systems of up to 60 states and 5 transitions; some states violate a property, some only when nothing is enabled.
    /// </summary>
    public static Gen<TableModel> Gen { get; } =
        from states in CsCheck.Gen.Int[1, 60]
        from transitions in CsCheck.Gen.Int[1, 5]
        from density in CsCheck.Gen.Int[1, 10]
        from successors in CsCheck.Gen.Select(CsCheck.Gen.Int[0, 9], CsCheck.Gen.Int[0, states - 1])
            .Select(cell => cell.Item1 < density ? cell.Item2 : -1).Array[transitions].Array[states]
        from initial in CsCheck.Gen.Int[0, states - 1].Array[1, 3]
        from bad in CsCheck.Gen.Int[0, states - 1].Array[0, 2]
        from stuck in CsCheck.Gen.Int[0, states - 1].Array[0, 6]
        select new TableModel(successors, initial, bad, stuck);

    public int StateWords => 3;

    public int InitialStateCount => initial.Length;

    public int TransitionCount => _successors[0].Length;

    public int MaxEnabled => TransitionCount;

    public IReadOnlyList<string> Properties => ["good", "not stuck"];

    public void WriteInitialState(int index, Span<ulong> state) => Write(initial[index], state);

    public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
    {
        int count = 0;
        for (int transition = 0; transition < TransitionCount; transition++)
        {
            if (_successors[Number(state)][transition] >= 0)
            {
                transitions[count++] = transition;
            }
        }

        return count;
    }

    public void Apply(Span<ulong> state, int transition) => Write(_successors[Number(state)][transition], state);

    public int FindViolation(ReadOnlySpan<ulong> state) => bad.Contains(Number(state)) ? 0 : ModelProperty.None;

    public int FindTerminalViolation(ReadOnlySpan<ulong> state) => stuck.Contains(Number(state)) ? 1 : ModelProperty.None;

    public string DescribeState(ReadOnlySpan<ulong> state) => $"{Number(state)}";

    public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) => $"t{transition}";

    public static int Number(ReadOnlySpan<ulong> state) => (int)state[1];

    public static void Write(int number, Span<ulong> state) =>
        (state[0], state[1], state[2]) = (7, (ulong)number, (ulong)(number / 2));
}
