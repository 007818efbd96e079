namespace HmmSim.Explorer.Runs;

/// <summary>Chooses by <see cref="SamplingStrategy.PriorityChanges"/>.</summary>
/// <param name="transitions">Number of transition numbers.</param>
/// <param name="bugDepth">The depth d; d - 1 priorities change in a run.</param>
internal sealed class PriorityChooser(int transitions, int bugDepth) : ITransitionChooser
{
    // Initial priorities are d and more, so that the i-th change can give priority d - i - 1, below all of them and all changes
    // before.
    private readonly int[] _priorities = new int[transitions];
    private readonly int[] _changes = new int[bugDepth - 1];

    public void BeginRun(SplitMix random, int expectedSteps)
    {
        for (int transition = 0; transition < transitions; transition++)
        {
            _priorities[transition] = bugDepth + transition;
        }

        random.Shuffle(_priorities);
        for (int change = 0; change < _changes.Length; change++)
        {
            _changes[change] = random.Below(expectedSteps);
        }

        Array.Sort(_changes);
    }

    public int Choose(ReadOnlySpan<int> enabled, int step)
    {
        int chosen = Highest(enabled);
        for (int change = 0; change < _changes.Length; change++)
        {
            if (_changes[change] == step)
            {
                _priorities[chosen] = bugDepth - change - 1;
                chosen = Highest(enabled);
            }
        }

        return chosen;
    }

    private int Highest(ReadOnlySpan<int> enabled)
    {
        int highest = enabled[0];
        foreach (int transition in enabled)
        {
            highest = _priorities[transition] > _priorities[highest] ? transition : highest;
        }

        return highest;
    }
}
