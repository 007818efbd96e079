namespace HmmSim.Nodes.Scenarios;

/// <summary>Finds the word somebody probably meant.</summary>
public static class Spelling
{
    /// <summary>
    /// The candidate with the smallest edit distance (insert, delete, replace, swap neighbours; case ignored), the first among equals;
    /// null if none is near: more than a third of the longer word would have to change.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int longer = Math.Max(word.Length, candidate.Length);
            int distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < bestDistance && distance <= Math.Max(1, longer / 3) && distance < longer)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    private static int Distance(string left, string right)
    {
        // Very long words come only from damaged files; their difference in length is answer enough.
        if (Math.Max(left.Length, right.Length) > 64)
        {
            return Math.Max(left.Length, right.Length);
        }

        int width = right.Length + 1;
        Span<int> cost = stackalloc int[(left.Length + 1) * width];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                cost[(i * width) + j] = i == 0 ? j : j == 0 ? i : Cell(left, right, cost, i, j);
            }
        }

        return cost[^1];
    }

    private static int Cell(string left, string right, ReadOnlySpan<int> cost, int i, int j)
    {
        int width = right.Length + 1;
        int above = ((i - 1) * width) + j;
        int replaced = cost[above - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
        int best = Math.Min(replaced, Math.Min(cost[above], cost[above + width - 1]) + 1);
        bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return swapped ? Math.Min(best, cost[above - width - 2] + 1) : best;
    }
}
