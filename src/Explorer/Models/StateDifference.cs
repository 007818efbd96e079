namespace HmmSim.Explorer.Models;

/// <summary>What differs between two states of a model, in its own words.</summary>
public static class StateDifference
{
    /// <summary>
    /// One line for each variable that differs: <c>actor name: before -&gt; after</c>; without narration the two states as text.
    /// </summary>
    public static IReadOnlyList<string> Of(IModel model, ReadOnlySpan<ulong> before, ReadOnlySpan<ulong> after)
    {
        if (before.SequenceEqual(after))
        {
            return [];
        }

        string[] lines = model is INarratedModel narrated
            ? [.. Changes(narrated, before, after).Select(change => Line(narrated, change))] : [];
        return lines.Length > 0 ? lines : [$"{model.DescribeState(before)} -> {model.DescribeState(after)}"];
    }

    /// <summary>The variables that differ, with the value before.</summary>
    internal static IReadOnlyList<(StateField After, string Before)> Changes(
        INarratedModel model,
        ReadOnlySpan<ulong> before,
        ReadOnlySpan<ulong> after)
    {
        IReadOnlyList<StateField> old = model.DescribeFields(before);
        return [.. model.DescribeFields(after).Zip(old).Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => (pair.First, pair.Second.Value))];
    }

    private static string Line(INarratedModel model, (StateField After, string Before) change) =>
        $"{model.ActorNames[change.After.Actor]} {change.After.Name}: {Quote(change.Before)} -> {Quote(change.After.Value)}";

    private static string Quote(string value) => value.Length == 0 ? "-" : value;
}
