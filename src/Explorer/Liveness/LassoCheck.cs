using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Liveness;

/// <summary>Checks a lasso against the definition, without regard to how it was found.</summary>
internal static class LassoCheck
{
    /// <summary>Why a run does not violate the response property that it names, or null if it does.</summary>
    public static string? FindObjection(IResponseModel model, Counterexample lasso)
    {
        int response = model.Responses.ToList().IndexOf(lasso.PropertyName);
        if (response < 0)
        {
            return $"the model has no response property '{lasso.PropertyName}'";
        }

        int begin = lasso.LoopStart!.Value;
        if (!lasso.States[begin].AsSpan().SequenceEqual(lasso.States[^1]))
        {
            return "the last state is not the one in which the cycle begins";
        }

        int lastGiven = Enumerable.Range(0, lasso.States.Count)
            .LastOrDefault(index => model.IsGiven(lasso.States[index], response), -1);
        if (lastGiven >= begin || !Enumerable.Range(lastGiven + 1, lasso.States.Count - lastGiven - 1)
            .Any(index => model.IsAsked(lasso.States[index], response)))
        {
            return "what is asked for is given";
        }

        HashSet<int>[] enabled = [.. lasso.States.Skip(begin).Select(state => EnabledConditions(model, state))];
        if (begin == lasso.Length)
        {
            return enabled[0].Count == 0 && !HasTransition(model, lasso.States[^1]) ? null : "the run can go on";
        }

        HashSet<int> taken = [.. lasso.Transitions.Skip(begin).Select(model.FairnessOf)];
        foreach (int condition in Enumerable.Range(0, model.FairnessCount).Where(condition => !taken.Contains(condition)))
        {
            bool isUnfair = model.FairnessKind(condition) == Fairness.Weak
                ? Array.TrueForAll(enabled, conditions => conditions.Contains(condition))
                : Array.Exists(enabled, conditions => conditions.Contains(condition));
            if (isUnfair)
            {
                return $"the cycle is not fair: condition {condition} is enabled and never taken";
            }
        }

        return null;
    }

    private static bool HasTransition(IResponseModel model, ulong[] state) =>
        model.WriteEnabled(state, new int[model.MaxEnabled]) > 0;

    private static HashSet<int> EnabledConditions(IResponseModel model, ulong[] state)
    {
        int[] enabled = new int[model.MaxEnabled];
        return [.. enabled[..model.WriteEnabled(state, enabled)].Select(model.FairnessOf).Where(condition => condition >= 0)];
    }
}
