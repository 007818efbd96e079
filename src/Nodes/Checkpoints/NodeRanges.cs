using System.Collections.Immutable;
using System.Globalization;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>Ascending numbers of nodes as text: <c>0-8,12,14-20</c>.</summary>
internal static class NodeRanges
{
    /// <summary>The text.</summary>
    public static string Format(ImmutableArray<int> nodes)
    {
        List<string> ranges = [];
        for (int begin = 0; begin < nodes.Length;)
        {
            int end = begin;
            while (end + 1 < nodes.Length && nodes[end + 1] == nodes[end] + 1)
            {
                end++;
            }

            ranges.Add(FormattableString.Invariant(end == begin ? (FormattableString)$"{nodes[begin]}" : $"{nodes[begin]}-{nodes[end]}"));
            begin = end + 1;
        }

        return string.Join(',', ranges);
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ImmutableArray<int> Parse(string text)
    {
        ImmutableArray<int>.Builder nodes = ImmutableArray.CreateBuilder<int>();
        foreach (string range in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = range.Split('-');
            int begin = int.Parse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture);
            int end = int.Parse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture);
            if (end - (long)begin > 1 << 20)
            {
                throw new FormatException($"'{range}' names too many nodes");
            }

            nodes.AddRange(Enumerable.Range(begin, Math.Max(0, end - begin + 1)));
        }

        return nodes.ToImmutable();
    }
}
