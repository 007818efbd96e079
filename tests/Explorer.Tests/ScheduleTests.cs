using CsCheck;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Explorations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Schedules;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Tests;

/// <summary>
/// Schedules: written, read and replayed without loss; a changed line is named; another model is noticed at the step where it
/// differs.
/// </summary>
public sealed class ScheduleTests
{
    private static readonly ModelConfiguration Crossing = new ModelConfiguration("page-migration")
        .With("mutation", "ignore_crossing_eviction") with
    {
        Scripts = [new("cpu", ["touch 0", "unmap 0"]), new("device1", ["touch 0", "evict 0"]), new("device2", ["touch 0"])],
    };

    private static Schedule Recorded { get; } = Record(Crossing, EngineKind.BreadthFirst);

    [Fact]
    public void A_schedule_is_the_same_after_writing_and_reading()
    {
        string text = ScheduleWriter.Write(Recorded);
        Schedule read = ScheduleParser.Parse(text, "s");
        Assert.Equal(text, ScheduleWriter.Write(read));
        Assert.Equal(Recorded.Configuration, read.Configuration);
        Assert.Equal(Recorded.States().Select(state => string.Join(' ', state)), read.States()
            .Select(state => string.Join(' ', state)));
    }

    [Fact]
    public void A_replay_meets_every_recorded_state()
    {
        ReplayResult result = ScheduleReplay.Run(Recorded, ModelRegistry.BuiltIn);
        Assert.Equal((ReplayOutcome.Reproduced, 13), (result.Outcome, result.Step));
        Assert.Equal("single holder", result.Run!.PropertyName);
    }

    [Fact]
    public void A_lasso_is_replayed_with_its_cycle()
    {
        ModelConfiguration starving = new ModelConfiguration("german").With("nodes", "2").With("data_values", "1");
        Schedule schedule = ScheduleParser.Parse(ScheduleWriter.Write(Record(starving, EngineKind.Responses)), "s");
        Assert.NotNull(schedule.LoopStart);
        Assert.Equal(ReplayOutcome.Reproduced, ScheduleReplay.Run(schedule, ModelRegistry.BuiltIn).Outcome);
        ReplayResult strong = ScheduleReplay.Run(
            schedule with { Configuration = schedule.Configuration.With("request_fairness", "strong") }, ModelRegistry.BuiltIn);
        Assert.Equal(ReplayOutcome.NotViolated, strong.Outcome);
        Assert.Contains("not fair", strong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_runs_are_written_read_and_replayed_without_a_difference() =>
        Gen.Select(RandomScripts.WithMutations, Gen.ULong).Sample(
            (system, seed) =>
            {
                PageMigrationModel model = new(system.Scripts, system.Mutation);
                Schedule schedule = ScheduleParser.Parse(ScheduleWriter.Write(RecordRandomRun(model, seed)), "s");
                ReplayResult result = ScheduleReplay.Run(schedule, model);
                Assert.NotEqual(ReplayOutcome.Diverged, result.Outcome);
                Assert.Equal(schedule.Steps.Length, result.Step);
            },
            iter: 1_000,
            threads: 1);

    [Fact]
    public void A_hundred_thousand_random_runs_meet_every_recorded_hash_again()
    {
        PageMigrationModel model = new("T0,U0/T0,E0/T0", PageMigrationMutation.IgnoreCrossingEviction);
        int reproduced = 0;
        for (ulong seed = 0; seed < 100_000; seed++)
        {
            Schedule schedule = RecordRandomRun(model, seed);
            ReplayResult result = ScheduleReplay.Run(schedule, model);
            Assert.NotEqual(ReplayOutcome.Diverged, result.Outcome);
            Assert.Equal(schedule.Steps.Length, result.Step);
            reproduced += result.Outcome == ReplayOutcome.Reproduced ? 1 : 0;
        }

        Assert.InRange(reproduced, 300, 99_000);
    }

    [Fact]
    public void A_mended_model_diverges_where_it_behaves_otherwise()
    {
        ReplayResult result =
            ScheduleReplay.Run(Recorded with { Configuration = Crossing.With("mutation", "none") }, ModelRegistry.BuiltIn);
        Assert.Equal((ReplayOutcome.Diverged, 8), (result.Outcome, result.Step));
        Assert.Contains("after 8 steps as recorded: the state after 'home <- device 1: RecallAck 0(0)' has the hash",
            result.Message, StringComparison.Ordinal);
        Assert.Contains("home page 0 phase: idle -> awaiting eviction for Fault of CPU", result.Differences);
    }

    [Fact]
    public void A_step_that_is_not_possible_is_named_with_what_is()
    {
        Schedule early = Recorded with { Steps = [Recorded.Steps[8], .. Recorded.Steps] };
        ReplayResult result = ScheduleReplay.Run(early, ModelRegistry.BuiltIn);
        Assert.Equal((ReplayOutcome.Diverged, 0), (result.Outcome, result.Step));
        Assert.Contains("is not enabled; enabled is 'CPU: Touch 0', 'device 1: Touch 0', 'device 2: Touch 0'", result.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Another_shape_of_states_is_noticed()
    {
        ReplayResult result = ScheduleReplay.Run(Recorded, new GermanModel(2));
        Assert.Contains("the recorded states have", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_violates_another_property_is_no_reproduction()
    {
        ReplayResult result = ScheduleReplay.Run(Recorded with { Property = "no lost write" }, ModelRegistry.BuiltIn);
        Assert.Equal(ReplayOutcome.NotViolated, result.Outcome);
        Assert.Contains("it violates 'single holder', not 'no lost write'", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format 1", "format 2",
        "s:1:1: the line is 'hmmsim schedule, format 2' (expected 'hmmsim schedule, format 1'; another number is another version of the format)")]
    [InlineData("\nproperty:", "\nproprety:",
        "s:8:1: the line begins with 'proprety' (expected 'property: ...'; did you mean 'property'?)")]
    [InlineData("seed: 1", "seed: one", "s:10:7: seed: is 'one' (expected a whole number from 0 to 18446744073709551615)")]
    [InlineData("step 3: transition=2 ", "step 3: transition=2x ",
        "s:15:9: step 3 transition: is '2x' (expected a whole number from 0 to 65535)")]
    [InlineData("step 3: transition=2 ", "step 3: tranzition=2 ",
        "s:15:9: step 3: 'tranzition=2' is not 'transition=...' (expected 'transition=...'; did you mean 'transition'?)")]
    [InlineData("step 4:", "step 5:", "s:16:6: step 5: is out of order (expected step 4)")]
    [InlineData("end: 13 steps", "end: 12 steps",
        "s:26:6: end: says '12 steps', but there are 13 steps (expected '13 steps': a line is missing or too many)")]
    [InlineData("end: 13 steps", "end: 13 steps\nmore",
        "s:27:1: 'more' follows the last line (expected nothing behind 'end: ...')")]
    [InlineData("initial: 0\n", "", "s:11:1: the line begins with 'start' (expected 'initial: ...')")]
    public void A_damaged_schedule_is_refused_with_place_and_reason(string old, string now, string message)
    {
        string text = ScheduleWriter.Write(Recorded);
        Assert.Contains(old, text, StringComparison.Ordinal);
        Assert.Equal(message, Refusal(text.Replace(old, now, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_changed_digit_of_a_state_is_noticed()
    {
        string[] lines = ScheduleWriter.Write(Recorded).Split('\n');
        int step = Array.FindIndex(lines, line => line.StartsWith("step 7:", StringComparison.Ordinal));
        lines[step] = lines[step].Replace("words=0:100,", "words=0:101,", StringComparison.Ordinal);
        Assert.Contains("step 7 hash: is", Refusal(string.Join('\n', lines)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_cut_or_changed_text_is_met_with_another_error_than_a_refusal()
    {
        string text = ScheduleWriter.Write(Recorded);
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Int[0, 3], Gen.Char.AlphaNumeric).Sample(
            (place, kind, letter) =>
            {
                string changed = kind switch
                {
                    0 => text[..place],
                    1 => text.Remove(place, 1),
                    2 => text.Insert(place, letter.ToString()),
                    _ => text[..place] + letter + text[(place + 1)..],
                };
                try
                {
                    ScheduleReplay.Run(ScheduleParser.Parse(changed, "s"), ModelRegistry.BuiltIn);
                }
                catch (Exception exception) when (exception is InputException or ConfigurationException)
                {
                }
            },
            iter: 3_000,
            threads: 1);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal(
            "no-such.txt:1:1: the file does not exist (expected a schedule that 'hmmsim explore' wrote)",
            Assert.Throws<InputException>(() => ScheduleParser.Load("no-such.txt")).Message);

    private static string Refusal(string text) => Assert.Throws<InputException>(() => ScheduleParser.Parse(text, "s")).Message;

    private static Schedule Record(ModelConfiguration configuration, EngineKind engine)
    {
        IModel model = ModelRegistry.BuiltIn.Create(configuration);
        Counterexample run = Exploration.Run(model, new ExplorationSettings { Engine = engine }).Counterexample!;
        return Schedule.Of(model, ModelRegistry.BuiltIn.Complete(configuration), run, EnumWord.Of(engine), 1, "0.1.0");
    }

    /// <summary>
    /// A random run to its end; one that violates nothing can be recorded as well, and the replay then says so.
    /// </summary>
    private static Schedule RecordRandomRun(PageMigrationModel model, ulong seed)
    {
        SplitMix random = new(seed);
        ulong[] state = new ulong[model.StateWords];
        int[] enabled = new int[model.MaxEnabled];
        List<int> transitions = [];
        List<ulong[]> states = [];
        model.WriteInitialState(0, state);
        states.Add([.. state]);
        int count;
        while (model.FindViolation(state) == ModelProperty.None && (count = model.WriteEnabled(state, enabled)) > 0)
        {
            transitions.Add(enabled[random.Below(count)]);
            model.Apply(state, transitions[^1]);
            states.Add([.. state]);
        }

        Counterexample run = new()
        {
            Property = PageMigrationModel.SingleHolder,
            PropertyName = "single holder",
            IsTerminal = false,
            InitialState = 0,
            Transitions = transitions,
            States = states,
        };
        return Schedule.Of(model, new ModelConfiguration("page-migration"), run, "random_walk", seed, "test");
    }
}
