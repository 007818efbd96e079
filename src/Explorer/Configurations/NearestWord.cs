namespace HmmSim.Explorer.Configurations;

/// <summary>Finds the word somebody probably meant.</summary>
public static class NearestWord
{
    /// <summary>
    /// The candidate that takes the fewest letters inserted, deleted or replaced, the first among equals; null if more than a third of the longer
    /// word would have to change.
    /// </summary>
    public static string? Of(string word, IEnumerable<string> candidates) => candidates
        .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate), Longer: Math.Max(word.Length, candidate.Length)))
        .Where(found => found.Distance <= Math.Max(1, found.Longer / 3) && found.Distance < found.Longer)
        .OrderBy(found => found.Distance)
        .Select(found => found.Candidate)
        .FirstOrDefault();

    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
