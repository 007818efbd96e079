namespace HmmSim.Explorer.Runs;

/// <summary>Chooses by <see cref="SamplingStrategy.RandomWalk"/>.</summary>
internal sealed class UniformChooser : ITransitionChooser
{
    private SplitMix _random;

    public void BeginRun(SplitMix random, int expectedSteps) => _random = random;

    public int Choose(ReadOnlySpan<int> enabled, int step) => enabled[_random.Below(enabled.Length)];
}
