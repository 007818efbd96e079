namespace HmmSim.Explorer.Tests;

internal static class SequenceExtensions
{
    /// <summary>The sums of the first one, two, three... values.</summary>
    public static IEnumerable<long> Scan(this IEnumerable<long> values)
    {
        long sum = 0;
        foreach (long value in values)
        {
            yield return sum += value;
        }
    }
}
