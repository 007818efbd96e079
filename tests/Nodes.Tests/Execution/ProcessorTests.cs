using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Accesses;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;
using static HmmSim.Nodes.Tests.Execution.ProcessorBench;

namespace HmmSim.Nodes.Tests.Execution;

public sealed class ProcessorTests
{
    [Fact]
    public void Pages_in_its_memory_are_visited_one_after_the_other()
    {
        ProcessorBench bench = new(Stream("s", 0, 0, 10, [[Read(0, 3, 2), Write(7)]]));
        bench.Processor.CatchUp(At(1000));
        Assert.Equal(["end s 70"], bench.Log);
        Assert.Equal("accesses 7 hits 7 faults 0 local 7 remote 0 refused 0 writes 1 stall 0 end 70", bench.Counters);
        Assert.Equal([7UL], bench.Values.Keys);
        Assert.Equal(VirtualTime.Never, bench.Processor.NextAccess);
    }

    [Fact]
    public void Only_accesses_before_the_end_of_the_stretch_are_executed()
    {
        ProcessorBench bench = new(Stream("s", 0, 0, 10, [[Write(0, 5)]]));
        bench.Processor.CatchUp(At(20));
        Assert.Equal([0UL, 1UL], bench.Values.Keys);
        Assert.Equal(At(20), bench.Processor.NextAccess);
        bench.Processor.CatchUp(At(21));
        Assert.Equal([0UL, 1UL, 2UL], bench.Values.Keys);
        Assert.Equal(At(30), bench.Processor.NextAccess);
    }

    [Fact]
    public void A_fault_stalls_its_warp_alone_and_counts_once_however_often_it_is_retried()
    {
        ProcessorBench bench = new(Stream("s", 0, 0, 10, [[Read(0), Write(1, 1, 4)], [Read(8, 3)]]));
        bench.Pages[1] = TranslationKind.Fault;
        bench.Processor.CatchUp(At(100));
        Assert.Equal(["fault 0 1 Write 10"], bench.Log);
        bench.Processor.FaultArrived(0);
        bench.Processor.Replay(_ => true, At(100));
        bench.Processor.CatchUp(At(200));
        Assert.Equal("fault 0 1 Write 100", bench.Log[^1]);
        bench.Processor.FaultArrived(0);
        bench.Pages.Clear();
        bench.Processor.Replay(_ => true, At(200));
        bench.Processor.CatchUp(At(1000));
        Assert.Equal("end s 240", bench.Log[^1]);
        Assert.Equal("accesses 8 hits 7 faults 1 local 8 remote 0 refused 0 writes 1 stall 190 end 240", bench.Counters);
    }

    [Fact]
    public void A_replay_does_not_wake_a_warp_whose_fault_has_not_arrived_nor_one_it_does_not_concern()
    {
        ProcessorBench bench = new(Stream("s", 0, 0, 10, [[Read(1)], [Read(1)], [Read(1)]]));
        bench.Pages[1] = TranslationKind.Fault;
        bench.Processor.CatchUp(At(5));
        bench.Processor.FaultArrived(1);
        bench.Processor.FaultArrived(2);
        bench.Log.Clear();
        bench.Processor.Replay(warp => warp != 2, At(50));
        bench.Processor.CatchUp(At(100));
        Assert.Equal(["fault 1 1 Read 50"], bench.Log);
    }

    [Fact]
    public void A_remote_access_waits_for_its_reply_and_then_takes_its_own_time()
    {
        ProcessorBench bench = new(Stream("s", 0, 0, 10, [[Write(1, 2, 3)]]));
        bench.Pages[1] = TranslationKind.Remote;
        bench.Processor.CatchUp(At(100));
        Assert.Equal(["remote 0 1 Write x3 0"], bench.Log);
        Assert.Equal(0, bench.Processor.Counters.Accesses);
        bench.Processor.Resume(0, At(500));
        Assert.Equal(At(530), bench.Processor.NextAccess);
        bench.Processor.CatchUp(At(1000));
        Assert.Equal("accesses 6 hits 6 faults 0 local 3 remote 3 refused 0 writes 2 stall 500 end 560", bench.Counters);
        Assert.Equal([2UL], bench.Values.Keys); // the value of a remote page is its home's business
    }

    [Fact]
    public void Refused_accesses_take_time_but_are_not_accesses()
    {
        ProcessorBench bench = new(Stream("s", 0, 0, 10, [[Write(0, 3, 2)]]));
        bench.Pages[1] = TranslationKind.Refused;
        bench.Processor.CatchUp(At(100));
        Assert.Equal("accesses 4 hits 4 faults 0 local 4 remote 0 refused 2 writes 2 stall 0 end 60", bench.Counters);
        Assert.Equal([0UL, 2UL], bench.Values.Keys);
    }

    [Fact]
    public void A_stream_starts_its_delay_after_the_last_stream_it_waits_for()
    {
        StreamExecution first = Stream("first", 0, 0, 10, [[Read(0, 5)]]);
        StreamExecution after = new()
        {
            Name = "after",
            Number = 1,
            Warps = [new Warp(1, new ListStream(Read(0, 2))) { State = WarpState.NotStarted }],
            WarpsLeft = 1,
            TimePerAccess = VirtualDuration.FromNanoseconds(10),
            FaultAction = FaultAction.Migrate,
            StartDelay = VirtualDuration.FromNanoseconds(7),
            DependsOn = [0, 5],
            WaitsFor = 2,
        };
        ProcessorBench bench = new(first, after);
        bench.Processor.CatchUp(At(1000));
        Assert.Equal(["end first 50"], bench.Log);
        bench.Processor.DependencyEnded(5, At(1000));
        Assert.Equal(At(1007), bench.Processor.NextAccess);
        bench.Processor.CatchUp(At(2000));
        Assert.Equal(["end first 50", "end after 1027"], bench.Log);
    }

    [Fact]
    public void A_stream_that_a_stream_of_the_same_stretch_starts_is_executed_in_that_stretch()
    {
        StreamExecution after = new()
        {
            Name = "after",
            Number = 0,
            Warps = [new Warp(0, new ListStream(Read(0, 2))) { State = WarpState.NotStarted }],
            WarpsLeft = 1,
            TimePerAccess = VirtualDuration.FromNanoseconds(10),
            FaultAction = FaultAction.Migrate,
            StartDelay = VirtualDuration.Zero,
            DependsOn = [1],
            WaitsFor = 1,
        };
        ProcessorBench bench = new(after, Stream("first", 1, 1, 10, [[Read(0, 5)]]));
        bench.Processor.CatchUp(At(1000));
        Assert.Equal(["end first 50", "end after 70"], bench.Log);
    }

    [Fact]
    public void An_unmap_frees_block_after_block_from_the_last()
    {
        StreamExecution unmap = new()
        {
            Name = "free",
            Number = 0,
            Warps = [new Warp(0, EmptyAccessStream.Instance) { State = WarpState.NotStarted, PagesLeft = 3 }],
            WarpsLeft = 1,
            TimePerAccess = VirtualDuration.FromNanoseconds(10),
            FaultAction = FaultAction.Migrate,
            StartDelay = VirtualDuration.Zero,
            DependsOn = [],
            Unmaps = new PageRange(new(512), 1030),
        };
        ProcessorBench bench = new(unmap);
        for (int done = 1; done <= 3; done++)
        {
            bench.Processor.CatchUp(At(100 * done));
            bench.Processor.Resume(0, At(100 * done));
        }

        bench.Processor.CatchUp(At(1000));
        Assert.Equal(["unmap 0 3 0", "unmap 0 2 100", "unmap 0 1 200", "end free 300"], bench.Log);
        Assert.Equal(0, bench.Processor.Counters.Accesses);
    }
}
