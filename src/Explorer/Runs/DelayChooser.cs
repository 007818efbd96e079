namespace HmmSim.Explorer.Runs;

/// <summary>Chooses by <see cref="SamplingStrategy.RandomDelays"/>.</summary>
/// <param name="transitions">Number of transition numbers.</param>
/// <param name="delays">Delays in a run.</param>
internal sealed class DelayChooser(int transitions, int delays) : ITransitionChooser
{
    private readonly int[] _delaySteps = new int[delays];
    private int _current;

    public void BeginRun(SplitMix random, int expectedSteps)
    {
        _current = 0;
        foreach (ref int step in _delaySteps.AsSpan())
        {
            step = random.Below(expectedSteps);
        }
    }

    public int Choose(ReadOnlySpan<int> enabled, int step)
    {
        _current = Next(enabled, _current);
        foreach (int delay in _delaySteps)
        {
            if (delay == step)
            {
                _current = Next(enabled, _current + 1);
            }
        }

        return _current;
    }

    /// <summary>The first enabled transition at or behind a place of the round.</summary>
    private int Next(ReadOnlySpan<int> enabled, int place)
    {
        int best = enabled[0];
        foreach (int transition in enabled)
        {
            best = Distance(transition) < Distance(best) ? transition : best;
        }

        return best;

        int Distance(int transition) => transition >= place ? transition - place : transition - place + transitions;
    }
}
