namespace HmmSim.Explorer.Models;

/// <summary>
/// Checks by trial what an <see cref="IActorModel"/> claims, so that a reduction that trusts it is not unsound.
/// </summary>
public static class IndependenceAudit
{
    /// <summary>
    /// In each of the first <paramref name="maxStates"/> reachable states, takes every pair of enabled transitions of different
    /// actors in both orders and compares; and compares pending counts with what is enabled.
    /// </summary>
    /// <returns>The first contradiction, or null if there is none.</returns>
    public static string? FindContradiction<TModel>(TModel model, long maxStates)
        where TModel : IActorModel
    {
        int[] enabled = new int[model.MaxEnabled];
        foreach (ulong[] state in ReachableStates.Of(model, maxStates))
        {
            int count = model.WriteEnabled(state, enabled);
            int[] here = enabled[..count];
            for (int transition = 0; transition < model.TransitionCount; transition++)
            {
                if (model.PendingCount(state, transition) > 0 != here.Contains(transition))
                {
                    string enabledness = here.Contains(transition) ? "enabled" : "not enabled";
                    return $"{model.DescribeState(state)}: transition {transition} has {model.PendingCount(state, transition)} "
                        + $"pending but is {enabledness}";
                }
            }

            foreach ((int first, int second) in PairsOfActors(model, here))
            {
                ulong[]? one = TakeBoth(model, state, first, second);
                ulong[]? other = TakeBoth(model, state, second, first);
                if (one is null || other is null || !one.AsSpan().SequenceEqual(other))
                {
                    string what = one is null || other is null ? "one disables the other" : "the order matters";
                    return $"{model.DescribeState(state)}: '{model.DescribeTransition(state, first)}' and "
                        + $"'{model.DescribeTransition(state, second)}' have different actors but {what}";
                }
            }
        }

        return null;
    }

    private static IEnumerable<(int First, int Second)> PairsOfActors<TModel>(TModel model, int[] enabled)
        where TModel : IActorModel =>
        from first in enabled
        from second in enabled
        where first < second && model.ActorOf(first) != model.ActorOf(second)
        select (first, second);

    private static ulong[]? TakeBoth<TModel>(TModel model, ulong[] state, int first, int second)
        where TModel : IActorModel
    {
        ulong[] successor = [.. state];
        model.Apply(successor, first);
        int[] enabled = new int[model.MaxEnabled];
        if (!enabled.AsSpan(0, model.WriteEnabled(successor, enabled)).Contains(second))
        {
            return null;
        }

        model.Apply(successor, second);
        return successor;
    }
}
