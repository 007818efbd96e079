namespace HmmSim.Conformance.Traces;

/// <summary>Finds the word somebody probably meant.</summary>
internal static class Spelling
{
    private const int LengthAtMost = 32;

    /// <summary>
    /// <c>; did you mean 'WORD'?</c> with the candidate of the smallest edit distance (insert, delete, replace, swap neighbours),
    /// or nothing if more than a third of the word would have to change.
    /// </summary>
    public static string Suggest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LengthAtMost)
        {
            return string.Empty;
        }

        (string Word, int Distance) best =
            candidates.Select(candidate => (candidate, DistanceOf(word, candidate))).MinBy(pair => pair.Item2);
        return best.Distance <= Math.Max(1, word.Length / 3) ? $"; did you mean '{best.Word}'?" : string.Empty;
    }

    private static int DistanceOf(string left, string right)
    {
        int[][] cost = [.. Enumerable.Range(0, left.Length + 1).Select(_ => new int[right.Length + 1])];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                cost[i][j] = i == 0 ? j : j == 0 ? i : CellOf(left, right, cost, i, j);
            }
        }

        return cost[^1][^1];
    }

    private static int CellOf(string left, string right, int[][] cost, int i, int j)
    {
        int replaced = cost[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
        int best = Math.Min(replaced, Math.Min(cost[i - 1][j], cost[i][j - 1]) + 1);
        bool isSwapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return isSwapped ? Math.Min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
