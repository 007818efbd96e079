using Akka.Actor;
using CsCheck;
using HmmSim.Nodes.Lanes;

namespace HmmSim.Nodes.Tests.Lanes;

public sealed class EventHeapTests
{
    // Few distinct values, so that ties in time and source are common. A negative operation is a pop.
    private static readonly Gen<(int Kind, long Time, uint Source, ulong Sequence)[]> operations =
        Gen.Select(Gen.Int[0, 4], Gen.Long[0, 20], Gen.UInt[0, 3], Gen.ULong[0, 1000]).Array[0, 300];

    [Fact]
    public void Pops_in_the_order_of_a_sorted_list_whatever_the_mix_of_pushes_and_pops() => operations.Sample(steps =>
    {
        var heap = new EventHeap(1);
        var model = new SortedSet<(long Time, uint Source, ulong Sequence, int Unique)>();
        int unique = 0;
        foreach ((int kind, long time, uint source, ulong sequence) in steps)
        {
            if (kind < 3)
            {
                // Two equal stamps have no order; the model leaves them out.
                if (model.Any(e => e.Time == time && e.Source == source && e.Sequence == sequence))
                {
                    continue;
                }

                model.Add((time, source, sequence, unique++));
                Push(heap, new Letter(time, source, sequence));
            }
            else
            {
                PopAndCompare(heap, model, end: kind == 3 ? long.MaxValue : time);
            }

            if (model.Count != heap.Count)
            {
                return false;
            }
        }

        while (model.Count > 0)
        {
            PopAndCompare(heap, model, long.MaxValue);
        }

        return heap.Count == 0 && heap.EarliestPicoseconds == long.MaxValue;
    });

    [Fact]
    public void Does_not_pop_an_event_at_the_end_itself()
    {
        var heap = new EventHeap();
        Push(heap, new Letter(7));
        Assert.False(heap.TryPop(7, out _, out _));
        Assert.True(heap.TryPop(8, out long time, out _));
        Assert.Equal(7, time);
    }

    [Fact]
    public void Keeps_apart_the_full_range_of_sources_and_sequences()
    {
        var heap = new EventHeap();
        Push(heap, new Letter(1, uint.MaxValue, 0));
        Push(heap, new Letter(1, 0, ulong.MaxValue));
        Push(heap, new Letter(1, 0, 1UL << 63));
        Push(heap, new Letter(1, 0, 5));
        Assert.Equal(["1/0/5", $"1/0/{1UL << 63}", $"1/0/{ulong.MaxValue}", $"1/{uint.MaxValue}/0"], Drain(heap));
    }

    private static void Push(EventHeap heap, Letter letter) =>
        heap.Push(letter.ActsAt.Picoseconds, letter, new PendingEvent(null!, new Envelope(letter, ActorRefs.NoSender)));

    private static void PopAndCompare(EventHeap heap, SortedSet<(long Time, uint Source, ulong Sequence, int Unique)> model, long end)
    {
        bool expected = model.Count > 0 && model.Min.Time < end;
        Assert.Equal(expected, heap.TryPop(end, out long time, out PendingEvent pending));
        if (expected)
        {
            var letter = (Letter)pending.Envelope.Message;
            (long minTime, uint source, ulong sequence, _) = model.Min;
            Assert.Equal((minTime, minTime, source, sequence), (time, letter.ActsAt.Picoseconds, letter.Source, letter.Sequence));
            model.Remove(model.Min);
        }
    }

    private static List<string> Drain(EventHeap heap)
    {
        List<string> letters = [];
        while (heap.TryPop(long.MaxValue, out _, out PendingEvent pending))
        {
            letters.Add(pending.Envelope.Message.ToString()!);
        }

        return letters;
    }
}
