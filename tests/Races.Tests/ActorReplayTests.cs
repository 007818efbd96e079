using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Explorations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Schedules;
using HmmSim.Explorer.Search;
using HmmSim.Races.Models;
using HmmSim.Races.Replay;

namespace HmmSim.Races.Tests;

/// <summary>Runs of the model are runs of the real actors, state by state.</summary>
public sealed class ActorReplayTests
{
    [Fact]
    public void Random_runs_go_the_same_way_on_the_actors()
    {
        Random random = new(3);
        for (int world = 0; world < 40; world++)
        {
            ModelConfiguration configuration = Worlds.Random(random);
            Replays(configuration, random);
        }
    }

    [Fact]
    public void Runs_of_processors_and_two_hosts_go_the_same_way_on_the_actors()
    {
        Random random = new(4);
        for (int run = 0; run < 20; run++)
        {
            Replays(Worlds.TwoHosts(operations: 3), random);
        }
    }

    [Theory]
    [MemberData(nameof(CatalogueTests.Bugs), MemberType = typeof(CatalogueTests))]
    public void Every_counterexample_of_the_catalogue_replays_on_the_actors(string file)
    {
        RaceFile race = RaceFileLoader.Load(Path.Combine(Repository.Root, "scenarios", "races", file), RaceModels.All);
        IModel model = RaceModels.All.Create(race.Configuration);
        Counterexample run = Exploration.Run(model, race.Settings).Counterexample!;
        ReplayResult result = ActorReplay.Run(Schedule.Of(model, race.Configuration, run, "test", 1, "test"), model);
        Assert.True(result.Outcome == ReplayOutcome.Reproduced, $"{result.Message}: {string.Join("; ", result.Differences)}");
    }

    /// <summary>More with <c>HMMSIM_REPLAYED_RUNS</c>.</summary>
    [Fact]
    public void Random_runs_replay_on_a_model_made_anew()
    {
        int runs = int.TryParse(Environment.GetEnvironmentVariable("HMMSIM_REPLAYED_RUNS"), out int wanted) ? wanted : 2_000;
        Random random = new(6);
        for (int run = 0; run < runs; run += 20)
        {
            ModelConfiguration configuration = Worlds.Random(random);
            HmmModel model = Worlds.ModelOf(configuration);
            for (int again = 0; again < 20; again++)
            {
                ReplayResult result = ScheduleReplay.Run(RecordedRun(model, configuration, random), Worlds.ModelOf(configuration));
                Assert.True(result.Outcome == ReplayOutcome.NotViolated, result.Message); // each hash was the recorded one, and nothing is wrong
            }
        }
    }

    [Fact]
    public void A_state_that_is_another_is_shown()
    {
        ModelConfiguration configuration = Worlds.Of("devices=1", ("cpu1", ["write 0"]), ("device1", ["migrate 0"]));
        HmmModel model = Worlds.ModelOf(configuration);
        Schedule schedule = RecordedRun(model, configuration, new Random(5));
        ScheduleStep wrong = schedule.Steps[2] with { StateHash = schedule.Steps[2].StateHash ^ 1 };
        ReplayResult result = ActorReplay.Run(schedule with { Steps = schedule.Steps.SetItem(2, wrong) }, model);
        Assert.Equal((ReplayOutcome.Diverged, 2), (result.Outcome, result.Step));
    }

    private static void Replays(ModelConfiguration configuration, Random random)
    {
        HmmModel model = Worlds.ModelOf(configuration);
        ReplayResult result = ActorReplay.Run(RecordedRun(model, configuration, random), model);
        Assert.True(result.Outcome == ReplayOutcome.Reproduced, $"{configuration}: {result.Message}: {string.Join("; ", result.Differences)}");
    }

    private static Schedule RecordedRun(HmmModel model, ModelConfiguration configuration, Random random)
    {
        ulong[] state = new ulong[model.StateWords];
        int[] enabled = new int[model.MaxEnabled];
        model.WriteInitialState(0, state);
        List<int> transitions = [];
        List<ulong[]> states = [[.. state]];
        for (int count = model.WriteEnabled(state, enabled); count > 0 && transitions.Count < 300; count = model.WriteEnabled(state, enabled))
        {
            transitions.Add(enabled[random.Next(count)]);
            model.Apply(state, transitions[^1]);
            states.Add([.. state]);
        }

        Counterexample run = new() { Property = 0, PropertyName = "none", IsTerminal = false, InitialState = 0, Transitions = transitions, States = states };
        return Schedule.Of(model, configuration, run, "test", 1, "test");
    }
}
