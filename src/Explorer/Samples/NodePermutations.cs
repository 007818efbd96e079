using static HmmSim.Explorer.Samples.GermanLayout;

namespace HmmSim.Explorer.Samples;

/// <summary>
/// The symmetry of <see cref="GermanModel"/>: all orders of its nodes, and optionally the exchange of the two data values.
/// </summary>
internal readonly struct NodePermutations
{
    private readonly int[][] _orders;
    private readonly bool _withData;

    public NodePermutations(int nodes, bool withData)
    {
        _orders = [.. Orders([.. Enumerable.Range(0, nodes)], 0)];
        _withData = withData;
    }

    /// <summary>Size of the group.</summary>
    public int Count => _orders.Length * (_withData ? 2 : 1);

    /// <summary>Where a permutation puts a node.</summary>
    public int NodeOf(int permutation, int node) => _orders[permutation % _orders.Length][node];

    /// <summary>What a permutation makes of a rule.</summary>
    public GermanRule RuleOf(int permutation, GermanRule rule) =>
        permutation < _orders.Length ? rule
        : rule == GermanRule.StoreFirst ? GermanRule.StoreSecond
        : rule == GermanRule.StoreSecond ? GermanRule.StoreFirst
        : rule;

    public void Permute(int permutation, ReadOnlySpan<ulong> source, Span<ulong> target)
    {
        int[] order = _orders[permutation % _orders.Length];
        target.Clear();
        for (int node = 0; node < order.Length; node++)
        {
            SetNode(target, order[node], GetNode(source, node));
        }

        target[^1] = source[^1];
        if (permutation >= _orders.Length)
        {
            ExchangeData(target);
        }
    }

    /// <summary>
    /// Sorts the nodes by their bits, which hold everything about them; of both namings of the data the smaller one is taken.
    /// </summary>
    public void Canonicalize(Span<ulong> state)
    {
        SortNodes(state);
        if (!_withData)
        {
            return;
        }

        Span<ulong> exchanged = stackalloc ulong[state.Length];
        state.CopyTo(exchanged);
        ExchangeData(exchanged);
        SortNodes(exchanged);
        if (exchanged.SequenceCompareTo(state) < 0)
        {
            exchanged.CopyTo(state);
        }
    }

    private static void ExchangeData(Span<ulong> state)
    {
        const ulong lowBits = (1UL << CacheDataShift) | (1UL << ReplyDataShift) | (1UL << AckDataShift);
        foreach (ref ulong word in state[..^1])
        {
            word = ExchangePairs(word, lowBits * AllNodes);
        }

        state[^1] = ExchangePairs(state[^1], (1UL << MemoryShift) | (1UL << LatestShift));
    }

    /// <summary>Swaps the two bits of each pair whose lower bit is given: 1 becomes 2 and 2 becomes 1.</summary>
    private static ulong ExchangePairs(ulong word, ulong lowBits)
    {
        ulong difference = (word ^ (word >> 1)) & lowBits;
        return word ^ difference ^ (difference << 1);
    }

    private static IEnumerable<int[]> Orders(int[] order, int begin)
    {
        if (begin == order.Length)
        {
            yield return [.. order];
            yield break;
        }

        // Without an exchange first, so that the identity comes first.
        for (int index = begin; index < order.Length; index++)
        {
            (order[begin], order[index]) = (order[index], order[begin]);
            foreach (int[] rest in Orders(order, begin + 1))
            {
                yield return rest;
            }

            (order[begin], order[index]) = (order[index], order[begin]);
        }
    }

    private void SortNodes(Span<ulong> state)
    {
        Span<ushort> nodes = stackalloc ushort[_orders[0].Length];
        for (int node = 0; node < nodes.Length; node++)
        {
            ushort bits = (ushort)GetNode(state, node);
            int place = node;
            for (; place > 0 && nodes[place - 1] < bits; place--)
            {
                nodes[place] = nodes[place - 1];
            }

            nodes[place] = bits;
        }

        state[..^1].Clear();
        for (int node = 0; node < nodes.Length; node++)
        {
            SetNode(state, node, nodes[node]);
        }
    }
}
