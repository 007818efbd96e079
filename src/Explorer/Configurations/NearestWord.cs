namespace HmmSim.Explorer.Configurations;

/// <summary>Finds the word somebody probably meant.</summary>
public static class NearestWord
{
    /// <summary>
    /// The candidate that takes the fewest letters inserted, deleted, replaced or swapped with their neighbours, the first among
    /// equals; null if more than a third of the longer word would have to change.
    /// </summary>
    public static string? Of(string word, IEnumerable<string> candidates) => candidates
        .Select(candidate =>
            (Candidate: candidate, Distance: Distance(word, candidate), Longer: Math.Max(word.Length, candidate.Length)))
        .Where(found => found.Distance <= Math.Max(1, found.Longer / 3) && found.Distance < found.Longer)
        .OrderBy(found => found.Distance)
        .Select(found => found.Candidate)
        .FirstOrDefault();

    private static int Distance(string left, string right)
    {
        int[][] cost = [.. Enumerable.Range(0, left.Length + 1).Select(_ => new int[right.Length + 1])];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                cost[i][j] = i == 0 ? j : j == 0
                    ? i
                    : Math.Min(cost[i - 1][j - 1] + (IsSame(i, j) ? 0 : 1), Math.Min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && IsSame(i, j - 1) && IsSame(i - 1, j))
                {
                    cost[i][j] = Math.Min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }

        return cost[left.Length][right.Length];

        bool IsSame(int i, int j) => char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
    }
}
