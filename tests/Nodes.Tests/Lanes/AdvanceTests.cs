using Akka.Actor;
using CsCheck;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Lanes;

public sealed class AdvanceTests
{
    [Fact]
    public void An_advance_comes_after_all_events_of_its_window_and_reaches_to_the_windows_end()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100);
        List<string> seen = [];
        IActorRef processor = Processor(runtime, seen, first: 40, (_, _) => { });
        processor.Tell(new Letter(30));
        processor.Tell(new Letter(129));
        processor.Tell(new Letter(130));
        runtime.Run();
        Assert.Equal(["30/0/0", "129/0/0", "advance 40 to 130", "130/0/0"], seen);
        Assert.Equal((3, 1), (runtime.Steps, runtime.Advances));
    }

    [Fact]
    public void At_equal_times_the_event_goes_first()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100);
        List<string> seen = [];
        IActorRef processor = Processor(runtime, seen, first: 50, (_, _) => { });
        processor.Tell(new Letter(50));
        runtime.Run();
        Assert.Equal(["50/0/0", "advance 50 to 150"], seen);
    }

    [Fact]
    public void A_pending_advance_can_be_moved_and_cancelled()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100);
        List<string> seen = [];
        IActorRef processor = Processor(runtime, seen, first: 1000, (advance, message) =>
        {
            switch (message)
            {
                case Letter { Source: 1 }:
                    advance.Schedule(new VirtualTime(700));
                    break;
                case Letter { Source: 2 }:
                    advance.Schedule(new VirtualTime(900));
                    break;
                case Letter { Source: 3 }:
                    advance.Cancel();
                    Assert.False(advance.IsPending);
                    advance.Cancel();
                    break;
                case Letter { Source: 4 }:
                    advance.Schedule(new VirtualTime(5000));
                    break;
                default:
                    break;
            }
        });
        processor.Tell(new Letter(10, 1));
        processor.Tell(new Letter(600, 2));
        processor.Tell(new Letter(850, 3));
        processor.Tell(new Letter(2000, 4));
        runtime.Run();
        Assert.Equal(["10/1/0", "600/2/0", "850/3/0", "2000/4/0", "advance 5000 to 5100"], seen);
    }

    [Fact]
    public void A_processor_that_always_hits_is_advanced_window_by_window_and_silence_is_skipped()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100);
        List<string> seen = [];
        Processor(runtime, seen, first: 10, (advance, message) =>
        {
            if (message is AdvanceMessage)
            {
                advance.Schedule(advance.Until.Picoseconds == 210 ? new VirtualTime(100_000) : advance.Until);
            }
        });
        Assert.Equal(RunOutcome.TimeLimit, runtime.Run(new RunLimits { Until = new VirtualTime(100_150) }));
        Assert.Equal(["advance 10 to 110", "advance 110 to 210", "advance 100000 to 100100", "advance 100100 to 100150"], seen);
        Assert.Equal(4, runtime.Windows);
    }

    [Fact]
    public void Advances_of_one_window_come_by_time_then_source()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100);
        List<string> seen = [];
        List<uint> order = [];
        foreach ((uint source, long first) in new (uint, long)[] { (4, 30), (2, 20), (3, 30), (1, 40), (5, 500) })
        {
            Processor(runtime, seen, first, (_, _) => order.Add(source), source);
        }

        runtime.Run();
        Assert.Equal(["advance 20 to 120", "advance 30 to 120", "advance 30 to 120", "advance 40 to 120", "advance 500 to 600"], seen);
        Assert.Equal([2u, 3u, 4u, 1u, 5u], order);
    }

    [Fact]
    public void What_an_advance_sends_acts_at_its_end_or_later()
    {
        Assert.Null(Record.Exception(() => SendFromAdvance(at: 140)));
        StepFailedException failure = Assert.Throws<StepFailedException>(() => SendFromAdvance(at: 139));
        Assert.IsType<CausalityException>(failure.InnerException);
        Assert.Contains("all events before 140ps are done", failure.Message, StringComparison.Ordinal);

        static void SendFromAdvance(long at)
        {
            using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100);
            IActorRef memory = ScriptActor.Spawn(runtime, "memory", (_, _) => { });
            Processor(runtime, [], first: 40, (_, message) => memory.Tell(new Letter(at)));
            runtime.Run();
        }
    }

    [Fact]
    public void An_advance_cannot_be_scheduled_into_what_is_done()
    {
        Assert.Null(Record.Exception(() => ScheduleFromAdvance(140)));
        Assert.IsType<CausalityException>(Assert.Throws<StepFailedException>(() => ScheduleFromAdvance(139)).InnerException);

        static void ScheduleFromAdvance(long at)
        {
            using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100);
            Processor(runtime, [], first: 40, (advance, _) =>
            {
                if (advance.Until == new VirtualTime(140))
                {
                    advance.Schedule(new VirtualTime(at));
                }
            });
            runtime.Run();
        }
    }

    [Fact]
    public void Only_its_actor_may_schedule_an_advance()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        AdvanceMessage? stolen = null;
        ScriptActor.Spawn(runtime, "processor", (_, _) => { }, start: context => stolen = new AdvanceMessage(context, 1));
        Assert.Throws<InvalidOperationException>(() => stolen!.Schedule(new VirtualTime(1)));
        Assert.Throws<InvalidOperationException>(() => stolen!.Cancel());
    }

    [Fact]
    public void The_advance_of_an_actor_that_has_ended_is_dropped()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        List<string> seen = [];
        IActorRef processor = ScriptActor.Spawn(runtime, "processor", (context, message) =>
        {
            seen.Add(message.ToString()!);
            context.Stop(context.Self);
        }, start: context => new AdvanceMessage(context, 1).Schedule(new VirtualTime(500)));
        processor.Tell(new Letter(10));
        Assert.Equal(RunOutcome.Quiescent, runtime.Run());
        Assert.Equal(["10/0/0"], seen);
        Assert.Equal(0, runtime.Advances);
    }

    /// <summary>Bulk execution must be invisible: it must equal a simulation with one event per access.</summary>
    [Fact]
    public void Bulk_execution_equals_one_event_per_access() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[0, 500], Gen.Int[1, 300], Gen.Int[0, 3000].Array[0, 20]).Sample((period, first, lookahead, interrupts) =>
        {
            using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead);
            const long end = 4000;
            List<string> bulk = [];
            long next = first;
            AdvanceMessage? advance = null;
            IActorRef processor = ScriptActor.Spawn(runtime, "processor", (_, message) =>
            {
                long until = message is AdvanceMessage due ? due.Until.Picoseconds : ((Letter)message).ActsAt.Picoseconds;
                for (; next < until && next < end; next += period)
                {
                    bulk.Add($"access {next}");
                }

                if (message is Letter)
                {
                    bulk.Add($"event {until}");
                }

                if (next < end)
                {
                    advance!.Schedule(new VirtualTime(next));
                }
                else
                {
                    advance!.Cancel();
                }
            }, start: context =>
            {
                advance = new AdvanceMessage(context, 1);
                advance.Schedule(new VirtualTime(first));
            });
            ulong sequence = 0;
            foreach (int interrupt in interrupts)
            {
                processor.Tell(new Letter(interrupt, 1, sequence++));
            }

            runtime.Run();

            IEnumerable<(long Time, int Kind)> accesses = Enumerable.Range(0, 5000)
                .Select(i => ((long)first + ((long)i * period), 1))
                .Where(access => access.Item1 < end);
            IEnumerable<string> expected = interrupts.Select(time => ((long)time, 0))
                .Concat(accesses)
                .Order()
                .Select(item => item.Item2 == 0 ? $"event {item.Item1}" : $"access {item.Item1}");
            Assert.Equal(expected, bulk);
        }, iter: 50);

    private static IActorRef Processor(LaneRuntime runtime, List<string> seen, long first, Action<AdvanceMessage, object> react, uint source = 1)
    {
        AdvanceMessage? advance = null;
        return ScriptActor.Spawn(runtime, $"processor-{source}", (_, message) =>
        {
            seen.Add(message is AdvanceMessage due ? $"advance {due.ActsAt.Picoseconds} to {due.Until.Picoseconds}" : message.ToString()!);
            react(advance!, message);
        }, start: context =>
        {
            advance = new AdvanceMessage(context, source);
            advance.Schedule(new VirtualTime(first));
        });
    }
}
