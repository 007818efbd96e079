using CsCheck;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Notifiers;

namespace HmmSim.Protocol.Tests.Notifiers;

/// <summary>Collision-retry: a walk that an invalidation touched must be thrown away, also if that invalidation is over by then.</summary>
public sealed class IntervalNotifiersTests
{
    private static readonly BlockKey Block = new(new AddressSpaceId(0), new VirtualBlockNumber(1));
    private static readonly BlockKey Other = new(new AddressSpaceId(0), new VirtualBlockNumber(2));

    [Fact]
    public void A_walk_alone_is_valid()
    {
        IntervalNotifiers notifiers = new();
        ulong sequence = notifiers.ReadBegin(Block);
        Assert.Equal(0UL, sequence & 1);
        Assert.False(notifiers.ReadRetry(Block, sequence));
    }

    [Fact]
    public void An_invalidation_in_progress_is_seen()
    {
        IntervalNotifiers notifiers = new();
        ulong sequence = notifiers.ReadBegin(Block);
        notifiers.InvalidateStart(Block);
        Assert.True(notifiers.IsInvalidating(Block));
        Assert.True(notifiers.ReadRetry(Block, sequence));
    }

    [Fact]
    public void An_invalidation_that_began_and_ended_during_the_walk_is_seen()
    {
        IntervalNotifiers notifiers = new();
        ulong sequence = notifiers.ReadBegin(Block);
        notifiers.InvalidateStart(Block);
        notifiers.InvalidateEnd(Block);
        Assert.False(notifiers.IsInvalidating(Block));
        Assert.True(notifiers.ReadRetry(Block, sequence));
    }

    [Fact]
    public void A_walk_that_began_during_an_invalidation_sees_its_end()
    {
        IntervalNotifiers notifiers = new();
        notifiers.InvalidateStart(Block);
        ulong sequence = notifiers.ReadBegin(Block);
        Assert.Equal(1UL, sequence & 1);
        notifiers.InvalidateEnd(Block);
        Assert.True(notifiers.ReadRetry(Block, sequence));
    }

    [Fact]
    public void Nested_invalidations_end_with_the_last()
    {
        IntervalNotifiers notifiers = new();
        notifiers.InvalidateStart(Block);
        notifiers.InvalidateStart(Block);
        notifiers.InvalidateEnd(Block);
        Assert.True(notifiers.IsInvalidating(Block));
        Assert.Equal(1UL, notifiers.ReadBegin(Block) & 1);
        notifiers.ReadEnd(Block);
        notifiers.InvalidateEnd(Block);
        Assert.False(notifiers.IsInvalidating(Block));
        Assert.Equal(0, notifiers.Count);
    }

    [Fact]
    public void A_nested_start_is_seen_by_a_walk_that_began_between_the_two()
    {
        IntervalNotifiers notifiers = new();
        notifiers.InvalidateStart(Block);
        ulong sequence = notifiers.ReadBegin(Block);
        notifiers.InvalidateStart(Block);
        Assert.True(notifiers.ReadRetry(Block, sequence));
    }

    [Fact]
    public void A_bump_is_seen_and_is_no_invalidation()
    {
        IntervalNotifiers notifiers = new();
        ulong sequence = notifiers.ReadBegin(Block);
        notifiers.Bump(Block);
        Assert.True(notifiers.ReadRetry(Block, sequence));
        Assert.False(notifiers.IsInvalidating(Block));
        notifiers.ReadEnd(Block);
        notifiers.Bump(Block);
        Assert.Equal(0, notifiers.Count);
    }

    [Fact]
    public void A_bump_during_an_invalidation_keeps_the_sequence_odd()
    {
        IntervalNotifiers notifiers = new();
        notifiers.InvalidateStart(Block);
        ulong before = notifiers.ReadBegin(Block);
        notifiers.Bump(Block);
        Assert.True(notifiers.ReadRetry(Block, before));
        Assert.Equal(1UL, notifiers.ReadBegin(Block) & 1);
    }

    [Fact]
    public void Other_blocks_are_not_disturbed()
    {
        IntervalNotifiers notifiers = new();
        ulong sequence = notifiers.ReadBegin(Block);
        notifiers.InvalidateStart(Other);
        notifiers.Bump(Other);
        notifiers.InvalidateEnd(Other);
        Assert.False(notifiers.ReadRetry(Block, sequence));
        Assert.False(notifiers.IsInvalidating(Block));
    }

    [Fact]
    public void An_end_without_a_start_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new IntervalNotifiers().InvalidateEnd(Block));

    /// <summary>Against a model that counts starts, ends and bumps: retry if and only if one of them happened since the walk began.</summary>
    [Fact]
    public void Every_history_is_seen_and_nothing_leaks() =>
        Gen.Select(Gen.Int[0, 4], Gen.Bool).Array[0, 40].Sample(operations =>
        {
            IntervalNotifiers notifiers = new();
            var events = new Dictionary<BlockKey, int> { [Block] = 0, [Other] = 0 };
            var active = new Dictionary<BlockKey, int> { [Block] = 0, [Other] = 0 };
            var walks = new List<(BlockKey Block, ulong Sequence, int Events)>();
            foreach ((int operation, bool isOther) in operations)
            {
                BlockKey block = isOther ? Other : Block;
                switch (operation)
                {
                    case 0:
                        walks.Add((block, notifiers.ReadBegin(block), events[block]));
                        break;
                    case 1 when walks.Count > 0:
                        notifiers.ReadEnd(walks[^1].Block);
                        walks.RemoveAt(walks.Count - 1);
                        break;
                    case 2:
                        notifiers.InvalidateStart(block);
                        active[block]++;
                        events[block]++;
                        break;
                    case 3 when active[block] > 0:
                        notifiers.InvalidateEnd(block);

                        // The end of an inner one tells a walk nothing new: the outer one is still in progress.
                        events[block] += --active[block] == 0 ? 1 : 0;
                        break;
                    case 4:
                        notifiers.Bump(block);
                        events[block]++;
                        break;
                }

                Assert.Equal(active[block] > 0, notifiers.IsInvalidating(block));
                Assert.All(walks, walk => Assert.Equal(events[walk.Block] != walk.Events, notifiers.ReadRetry(walk.Block, walk.Sequence)));
            }

            BlockKey[] inUse = [.. walks.Select(walk => walk.Block).Concat(active.Where(pair => pair.Value > 0).Select(pair => pair.Key)).Distinct()];
            Assert.Equal(inUse.Length, notifiers.Count);
        });
}
