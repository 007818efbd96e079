using System.Collections.Immutable;

namespace HmmSim.Explorer.Explanations;

/// <summary>Zeller's and Hildebrandt's ddmin ("Simplifying and isolating failure-inducing input", TSE 2002).</summary>
internal static class DeltaDebugging
{
    /// <summary>
    /// A part of a list that still fails and no longer does if any one item is left out, provided that <paramref name="fails"/>
    /// answers the same again. The whole list is known to fail.
    /// </summary>
    public static ImmutableArray<T> Minimize<T>(ImmutableArray<T> items, Func<ImmutableArray<T>, bool> fails)
    {
        int parts = Math.Min(2, items.Length);
        while (parts > 0)
        {
            ImmutableArray<T>? smaller = WithoutAPart(items, parts, fails);
            if (smaller is { } rest)
            {
                items = rest;
                parts = Math.Min(Math.Max(parts - 1, 2), items.Length);
            }
            else if (parts == items.Length)
            {
                return items;
            }
            else
            {
                parts = Math.Min(parts * 2, items.Length);
            }
        }

        return items;
    }

    private static ImmutableArray<T>? WithoutAPart<T>(ImmutableArray<T> items, int parts, Func<ImmutableArray<T>, bool> fails)
    {
        for (int part = 0; part < parts; part++)
        {
            int begin = (int)((long)items.Length * part / parts);
            int end = (int)((long)items.Length * (part + 1) / parts);
            ImmutableArray<T> rest = items.RemoveRange(begin, end - begin);
            if (fails(rest))
            {
                return rest;
            }
        }

        return null;
    }
}
