using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Schedules;
using Xunit;

namespace RaceTests;

public sealed class Page_migration_violates_deadlock_freedom
{
    private const string Schedule = """
        hmmsim schedule, format 1
        program: 0.1.0
        model: page-migration
        parameter mutation: queue_crossing_eviction
        script cpu: touch 0; evict 0
        script device1: touch 0
        property: deadlock freedom
        engine: breadth_first
        seed: 1
        initial: 0
        start: hash=f5a8f7135998a9c5 words=0:0,1:0,2:0,3:0,4:0,5:0,6:0
        step 1: transition=0 hash=fe53bd4ca3947566 words=0:1000000000100 # CPU: Touch 0
        step 2: transition=1 hash=aac17d495e866c58 words=2:1000000,3:1 # device 1: Touch 0
        step 3: transition=4 hash=13bd3bcf9c6a09b1 words=0:100,1:500000000,4:100000000 # home <- CPU: Fault 0(0)
        step 4: transition=2 hash=94d1be4669b2971c words=0:1020001,1:0 # CPU <- home: Grant 0(0)
        step 5: transition=0 hash=d10fa977f848da33 words=0:2000001000101,1:1 # CPU: Evict 0
        step 6: transition=5 hash=c9e03366eba0bf2d words=1:800000001,3:0,4:201000100000000,5:1 # home <- device 1: Fault 0(0)
        step 7: transition=2 hash=eadf5374f9f70591 words=1:401 # CPU <- home: Recall 0(0)
        step 8: transition=4 hash=18fbf976dae7b3d5 words=0:1000101,1:400,5:100020000000001 # home <- CPU: Evict 0(1)
        step 9: transition=6 hash=e6c14038e756d4f1 words=1:0,4:202000100000000 # home <- CPU: RecallAck 0(0)
        end: 9 steps

        """;

    [Fact]
    public void The_recorded_run_still_violates_the_property()
    {
        ReplayResult result = ScheduleReplay.Run(ScheduleParser.Parse(Schedule, "the schedule of this test"), ModelRegistry.BuiltIn);
        Assert.True(result.Outcome == ReplayOutcome.Reproduced, result.Message);
    }
}
