namespace HmmSim.Explorer.Runs;

/// <summary>Chooses by <see cref="SamplingStrategy.PartialOrder"/>.</summary>
/// <param name="actorOf">The actor of each transition.</param>
internal sealed class PartialOrderChooser(int[] actorOf) : ITransitionChooser
{
    // A pending step keeps its priority from the moment a run begins or a step of its actor was taken. Steps that are not yet
    // pending may have theirs drawn in advance: nothing looks at it before.
    private readonly ulong[] _priorities = new ulong[actorOf.Length];
    private SplitMix _random;

    public void BeginRun(SplitMix random, int expectedSteps)
    {
        _random = random;
        foreach (ref ulong priority in _priorities.AsSpan())
        {
            priority = _random.Next();
        }
    }

    public int Choose(ReadOnlySpan<int> enabled, int step)
    {
        int chosen = enabled[0];
        foreach (int transition in enabled)
        {
            chosen = _priorities[transition] > _priorities[chosen] ? transition : chosen;
        }

        for (int transition = 0; transition < actorOf.Length; transition++)
        {
            if (actorOf[transition] == actorOf[chosen])
            {
                _priorities[transition] = _random.Next();
            }
        }

        return chosen;
    }
}
