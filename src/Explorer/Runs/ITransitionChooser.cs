namespace HmmSim.Explorer.Runs;

/// <summary>Chooses the transitions of sampled runs.</summary>
internal interface ITransitionChooser
{
    /// <summary>Prepares for a run.</summary>
    /// <param name="random">The random numbers of this run.</param>
    /// <param name="expectedSteps">How long the run may be, as far as is known; at least 1.</param>
    void BeginRun(SplitMix random, int expectedSteps);

    /// <summary>One of the enabled transitions.</summary>
    /// <param name="enabled">At least one.</param>
    /// <param name="step">Number of transitions taken in this run.</param>
    int Choose(ReadOnlySpan<int> enabled, int step);
}
