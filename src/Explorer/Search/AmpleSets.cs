using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Search;

/// <summary>
/// Chooses, in a state, an actor whose only enabled process is explored while all others wait: possible where no other process of
/// that actor can become enabled before the actor has taken a step, so that whatever the others do first is independent of it.
/// </summary>
internal sealed class AmpleSets(IReducibleModel model, bool keepGlobalProperties)
{
    private readonly int[] _actorOf = [.. Enumerable.Range(0, model.TransitionCount).Select(model.ActorOf)];

    /// <summary>Whether nothing can be put off forever, so that a chosen step may lead back to an earlier level.</summary>
    public bool EveryRunEnds => model.EveryRunEnds;

    /// <summary>
    /// Moves the chosen transition, that of the first actor that qualifies, to the front and returns 1; or returns how many there
    /// are.
    /// </summary>
    public int Choose(ReadOnlySpan<ulong> state, Span<int> enabled)
    {
        Span<int> enabledOf = stackalloc int[model.ActorCount];
        foreach (int transition in enabled)
        {
            enabledOf[_actorOf[transition]]++;
        }

        for (int actor = 0; actor < enabledOf.Length && enabled.Length > 1; actor++)
        {
            if (enabledOf[actor] == 1 && Qualifies(state, enabled, actor))
            {
                int position = 0;
                while (_actorOf[enabled[position]] != actor)
                {
                    position++;
                }

                // The others keep their order.
                int chosen = enabled[position];
                enabled[..position].CopyTo(enabled[1..]);
                enabled[0] = chosen;
                return 1;
            }
        }

        return enabled.Length;
    }

    private bool Qualifies(ReadOnlySpan<ulong> state, ReadOnlySpan<int> enabled, int actor)
    {
        for (int transition = 0; transition < _actorOf.Length; transition++)
        {
            if (_actorOf[transition] == actor
                && (enabled.Contains(transition)
                    ? keepGlobalProperties && model.IsVisible(state, transition)
                    : !model.WaitsForItsActor(state, transition)))
            {
                return false;
            }
        }

        return true;
    }
}
