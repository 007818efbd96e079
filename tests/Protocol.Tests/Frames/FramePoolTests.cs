using CsCheck;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;

namespace HmmSim.Protocol.Tests.Frames;

/// <summary>Frames, their references and reservations, against a plain model and in the cases that matter.</summary>
public sealed class FramePoolTests
{
    private static readonly PageFrameNumber First = new(0x1000);

    [Fact]
    public void Random_histories_agree_with_the_model() =>
        Gen.Select(Gen.Int[1, 1300], Gen.Select(Gen.Int[0, 9], Gen.Int[0, 4], Gen.Int[0, 511], Gen.Int[1, 512], Gen.Int[0, 5000]).Array[1, 60]).Sample(
            (frameCount, operations) =>
            {
                FramePool pool = new(First, frameCount, tracksValues: true);
                FramePoolModel model = new(pool);
                foreach ((int operation, int block, int page, int count, int pick) in operations)
                {
                    ulong frame = model.Used.Count == 0 ? 0 : model.Used[pick % model.Used.Count];
                    switch (operation)
                    {
                        case 0 or 1 or 2:
                            model.Allocate(Block(block), FreshPages(pool, Block(block), PageMask.Range(page, count)));
                            break;
                        case 3:
                            model.Allocate(Block(block), FreshPages(pool, Block(block), PageMask.Of(page)));
                            break;
                        case 4 when frame != 0:
                            model.Get(frame);
                            break;
                        case 5 when frame != 0:
                            model.Write(frame, (ulong)pick + 1);
                            break;
                        case 6 when frame != 0:
                            foreach (ulong used in model.Used.Where(used => (used ^ frame) < 512).ToList())
                            {
                                model.Put(used);
                            }

                            break;
                        case > 6 when frame != 0:
                            model.Put(frame);
                            break;
                    }
                }

                model.Check();
            },
            iter: 300);

    [Fact]
    public void The_pages_of_a_block_become_consecutive_frames()
    {
        FramePool pool = new(First, 2048, tracksValues: false);
        Assert.True(pool.TryAllocate(Block(1), PageMask.Of(7), out _));
        Assert.True(pool.TryAllocate(Block(2), PageMask.Of(9), out PageFrames second));
        Assert.True(pool.TryAllocate(Block(1), PageMask.Range(100, 3), out PageFrames more));
        Assert.True(more.Scattered.IsNone);
        Assert.Equal(First + 100, more[100]);
        Assert.Equal(First + 512 + 9, second[9]);
        Assert.Equal([(Block(1), PageMask.Of(7) | PageMask.Range(100, 3))], Pages(pool, 0));
    }

    [Fact]
    public void Under_pressure_a_block_takes_free_frames_of_other_reservations()
    {
        FramePool pool = new(First, 512, tracksValues: false);
        Assert.True(pool.TryAllocate(Block(1), PageMask.Of(0), out _));
        Assert.True(pool.TryAllocate(Block(3), PageMask.Of(5), out PageFrames third));
        Assert.True(pool.TryAllocate(Block(2), PageMask.Range(8, 2), out PageFrames second));
        Assert.Equal((First + 1, First + 2, First + 3), (third[5], second[8], second[9]));
        Assert.Equal([(Block(1), PageMask.Of(0)), (Block(2), PageMask.Range(8, 2)), (Block(3), PageMask.Of(5))], Pages(pool, 0));

        // The owner's own page 2 finds its slot taken and scatters.
        Assert.True(pool.TryAllocate(Block(1), PageMask.Range(2, 3), out PageFrames own));
        Assert.Equal((First + 5, First + 6, First + 4), (own[2], own[3], own[4]));
    }

    [Fact]
    public void The_last_chunk_may_be_short()
    {
        FramePool pool = new(First, 520, tracksValues: false);
        Assert.True(pool.TryAllocate(Block(1), PageMask.All, out _));
        Assert.True(pool.TryAllocate(Block(2), PageMask.Range(6, 4), out PageFrames frames));
        Assert.Equal((First + 512 + 6, First + 512 + 7, First + 512, First + 512 + 1), (frames[6], frames[7], frames[8], frames[9]));
        Assert.True(pool.TryAllocate(Block(3), PageMask.Range(500, 4), out _));
        Assert.Equal(0, pool.FreeFrameCount);
    }

    [Fact]
    public void An_exhausted_pool_refuses_and_changes_nothing()
    {
        FramePool pool = new(First, 4, tracksValues: false);
        Assert.True(pool.TryAllocate(Block(1), PageMask.Range(0, 3), out _));
        Assert.False(pool.TryAllocate(Block(2), PageMask.Range(0, 2), out _));
        Assert.Equal((1, 3), (pool.FreeFrameCount, pool.PeakUsedFrameCount));
        Assert.True(pool.TryAllocate(Block(2), PageMask.Of(0), out _));
        Assert.False(pool.TryAllocate(Block(2), PageMask.Of(1), out _));
        Assert.True(pool.TryAllocate(Block(2), default, out _));
    }

    [Fact]
    public void A_chunk_ages_from_its_first_allocation_and_is_young_again_after_it_was_empty()
    {
        FramePool pool = new(First, 1536, tracksValues: false);
        foreach (uint block in new[] { 1u, 2u, 3u })
        {
            Assert.True(pool.TryAllocate(Block(block), PageMask.Of(0), out _));
        }

        Assert.True(pool.TryAllocate(Block(1), PageMask.Of(1), out _)); // no new chunk: chunk 0 stays the oldest
        Assert.Equal([0, 1, 2], pool.ChunksOldestFirst());
        pool.Put(First + 512);
        Assert.Equal([0, 2], pool.ChunksOldestFirst());
        Assert.True(pool.TryAllocate(Block(4), PageMask.Of(0), out _));
        Assert.Equal([0, 2, 1], pool.ChunksOldestFirst());
        Assert.Equal([(Block(4), PageMask.Of(0))], Pages(pool, 1));
    }

    [Fact]
    public void A_frame_given_out_again_holds_zero()
    {
        FramePool pool = new(First, 1, tracksValues: true);
        Assert.True(pool.TryAllocate(Block(1), PageMask.Of(0), out PageFrames frames));
        pool.WriteValue(frames[0], 7);
        Assert.Equal(7UL, pool.ReadValue(frames[0]));
        Assert.True(pool.Put(frames[0]));
        Assert.True(pool.TryAllocate(Block(1), PageMask.Of(0), out frames));
        Assert.Equal(0UL, pool.ReadValue(frames[0]));
    }

    [Fact]
    public void Whoever_uses_a_free_frame_is_refused()
    {
        FramePool pool = new(First, 8, tracksValues: true);
        Assert.True(pool.TryAllocate(Block(1), PageMask.Of(3), out PageFrames frames));
        pool.Get(frames[3]);
        Assert.False(pool.Put(frames[3]));
        Assert.True(pool.Put(frames[3]));
        Assert.Contains("is free", Assert.Throws<InvalidOperationException>(() => pool.Put(frames[3])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => pool.Get(frames[3]));
        Assert.Throws<InvalidOperationException>(() => pool.ReadValue(frames[3]));
        Assert.Throws<InvalidOperationException>(() => pool.WriteValue(frames[3], 1));
        Assert.Equal((8, (0L, 0L)), (pool.FreeFrameCount, pool.Audit()));
    }

    [Fact]
    public void A_pool_without_frames_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FramePool(First, 0, tracksValues: false));

    private static IEnumerable<(BlockKey Block, PageMask Pages)> Pages(FramePool pool, int chunk) =>
        pool.PagesOfChunk(chunk).Select(group => (group.Block, group.Pages));

    private static BlockKey Block(int number) => Block((uint)number);

    private static BlockKey Block(uint number) => new(new AddressSpaceId((ushort)(number & 1)), new VirtualBlockNumber(number));

    /// <summary>The pages of the block that hold no frame yet: a page table never asks for a second frame for one page.</summary>
    private static PageMask FreshPages(FramePool pool, BlockKey block, PageMask pages)
    {
        for (int chunk = 0; chunk < (pool.FrameCount + 511) / 512; chunk++)
        {
            foreach ((BlockKey held, PageMask heldPages, _) in pool.PagesOfChunk(chunk))
            {
                pages = held == block ? pages - heldPages : pages;
            }
        }

        return pages;
    }
}
