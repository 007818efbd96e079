using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Explanations;
using HmmSim.Explorer.Explorations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Reports;
using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Schedules;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Tests;

/// <summary>
/// Shrinking leaves nothing that can be left out; explanations name the decision; every form of report says the same.
/// </summary>
public sealed class ExplanationTests
{
    private static readonly ModelRegistry Models = ModelRegistry.BuiltIn;

    [Theory]
    [InlineData("ignore_crossing_eviction", "single holder", 4, 13)]
    [InlineData("queue_crossing_eviction", "deadlock freedom", 3, 9)]
    public void A_system_is_shrunk_to_the_smallest_with_the_same_violation(
        string mutation,
        string property,
        int operations,
        int steps)
    {
        ModelConfiguration large =
            Pages(mutation, "touch 0, touch 1", "touch 0, touch 1, evict 0", "touch 1, touch 0, evict 1", "touch 0, evict 0");
        ShrinkResult result = Shrink(large);
        Assert.Equal((true, property, operations, steps),
            (result.IsMinimal, result.Run.PropertyName, result.Configuration.OperationCount, result.Run.Length));
        AssertNothingCanBeLeftOut(result.Configuration, property);
    }

    [Fact]
    public void Random_systems_are_shrunk_to_a_minimum() =>
        Gen.Select(RandomScripts.Any, Gen.Int[1, 2]).Sample(
            (scripts, mutation) =>
            {
                ModelConfiguration configuration = Pages(EnumWord.Of((PageMigrationMutation)mutation), scripts);
                if (Exploration.Run(Models.Create(configuration), new ExplorationSettings()).Counterexample is { } run)
                {
                    ShrinkResult result = Shrinker.Run(Models, configuration, run, new ShrinkOptions());
                    Assert.True(result.IsMinimal);
                    Assert.Equal(run.PropertyName, result.Run.PropertyName);
                    AssertNothingCanBeLeftOut(result.Configuration, run.PropertyName);
                }
            },
            iter: 60,
            threads: 1);

    [Fact]
    public void Sizes_shrink_too()
    {
        ShrinkResult result = Shrink(new ModelConfiguration("german").With("nodes", "4").With("mutation", "lose_write_back"));
        Assert.Equal(("1", 10), (result.Configuration.Text("nodes"), result.Run.Length));
        ShrinkResult starving =
            Shrink(new ModelConfiguration("german").With("nodes", "3").With("data_values", "1"), EngineKind.Responses);
        Assert.Equal("2", starving.Configuration.Text("nodes"));
        Assert.NotNull(starving.Run.LoopStart);
    }

    [Fact]
    public void Shrinking_tells_how_far_it_is()
    {
        ModelConfiguration configuration = Pages("ignore_crossing_eviction", "touch 0, unmap 0", "touch 0, evict 0", "touch 0");
        Counterexample run = Exploration.Run(Models.Create(configuration), new ExplorationSettings()).Counterexample!;
        List<ShrinkProgress> told = [];
        ShrinkResult result = Shrinker.Run(Models, configuration, run,
            new ShrinkOptions { Progress = told.Add, ProgressInterval = TimeSpan.Zero });
        Assert.Equal(Enumerable.Range(0, result.Searches), told.Select(progress => progress.Searches));
        Assert.Equal(told.Select(progress => progress.States), told.Select(progress => progress.States).Order());
        Assert.True(told[^1].States > told[1].States);
        Assert.Equal(result.Configuration.OperationCount, told[^1].Operations);
    }

    [Fact]
    public void A_limit_leaves_what_was_reached_and_says_so()
    {
        ModelConfiguration configuration = Pages("ignore_crossing_eviction", "touch 0, unmap 0", "touch 0, evict 0", "touch 0");
        Counterexample run = Exploration.Run(Models.Create(configuration), new ExplorationSettings()).Counterexample!;
        ShrinkResult result = Shrinker.Run(Models, configuration, run, new ShrinkOptions { MaxStates = 20 });
        Assert.False(result.IsMinimal);
        Assert.Equal((configuration, run.Length), (result.Configuration, result.Run.Length));
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.False(Shrinker.Run(Models, configuration, run, new ShrinkOptions { Cancellation = source.Token }).IsMinimal);
    }

    [Theory]
    [InlineData(7, 0b0100_1000)]
    [InlineData(12, 0b1111_0000_0001)]
    [InlineData(5, 0)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void Delta_debugging_keeps_exactly_what_is_needed(int count, int needed)
    {
        ImmutableArray<int> kept =
            DeltaDebugging.Minimize([.. Enumerable.Range(0, count)], items => (items.Sum(item => 1 << item) & needed) == needed);
        Assert.Equal(Enumerable.Range(0, count).Where(item => (needed >> item & 1) != 0), kept);
    }

    [Fact]
    public void The_crossing_eviction_is_explained_by_the_message_that_overtook()
    {
        Explanation explanation = Explain(Pages("ignore_crossing_eviction", "touch 0", "touch 0, evict 0", "touch 0"));
        Assert.Equal(new Overtaking(3, "home <- device 1: RecallAck 0(0)", 9, "home <- device 1: Evict 0(1)", 11),
            explanation.Overtaking);
        Assert.Equal(11, explanation.PointOfNoReturn);
        Assert.Equal(["home <- device 2: Fault 0(0)"], explanation.Alternatives);
    }

    [Fact]
    public void The_point_of_no_return_is_where_every_way_on_is_bad() =>
        Gen.Select(RandomScripts.Any, Gen.Int[1, 2]).Sample(
            (scripts, mutation) =>
            {
                PageMigrationModel model = new(scripts, (PageMigrationMutation)mutation);
                if (BreadthFirstSearch.Run(model).Counterexample is { } run)
                {
                    int? point = Explainer.Explain(model, new ModelConfiguration("page-migration"), run).PointOfNoReturn;
                    int last = run.States.ToList().FindLastIndex(state => CanKeep(new FocusedModel(model, run.Property), state));
                    Assert.Equal(last + 1, point);
                }
            },
            iter: 60,
            threads: 1);

    [Fact]
    public void The_states_of_a_narrated_run_are_told_by_their_changes()
    {
        Explanation explanation = Explain(Pages("queue_crossing_eviction", "touch 0, evict 0", "touch 0"));
        ExplainedStep step = explanation.Steps.First(step => step.Label.StartsWith("Grant", StringComparison.Ordinal));
        Assert.Contains(new FieldChange(step.Actor, "page 0", "", "held, version 1"), step.Changes);
        Assert.Equal(2, step.Sender);
        Assert.True(step.EnabledBy < step.Number);
    }

    [Fact]
    public void The_clocks_of_the_log_order_what_depends_on_each_other()
    {
        Explanation explanation = Explain(Pages("ignore_crossing_eviction", "touch 0", "touch 0, evict 0", "touch 0"));
        int[][] clocks = ShiVizLog.VectorClocks(explanation);
        foreach (ExplainedStep step in explanation.Steps)
        {
            int[] mine = clocks[step.Number - 1];
            int own = explanation.Steps.Take(step.Number).Count(other => other.Actor == step.Actor);
            Assert.Equal(own, mine[step.Actor]);
            if (step.EnabledBy is { } enabler)
            {
                Assert.All(clocks[enabler - 1].Zip(mine), pair => Assert.True(pair.First <= pair.Second));
            }
        }

        // The eviction and the recall that it crosses do not know of each other.
        Assert.Equal([0, 3, 0, 1], clocks[5]);
        Assert.Equal([1, 1, 0, 2], clocks[6]);
        Assert.Matches(@"^(\d+\. [^\n]+\n\S+ \{""[^\n]*\}\n)+$", ShiVizLog.Write(explanation));
    }

    [Fact]
    public void The_reports_are_those_that_were_read_and_approved()
    {
        ModelConfiguration configuration = Pages("queue_crossing_eviction", "touch 0, evict 0", "touch 0");
        Explanation explanation = Explain(configuration);
        Schedule schedule = ScheduleOf(explanation);
        foreach ((string name, string text) in RaceReport.Files(explanation, schedule).Where(file => file.Name != "RaceTest.cs"))
        {
            GoldenFile.Verify($"tests/Explorer.Tests/Golden/{name}", text);
        }

        // Compiled as a part of this project, so that its test really runs.
        GoldenFile.Verify("tests/Explorer.Tests/GeneratedRaceTest.cs", TestBody.Write(schedule));
    }

    [Fact]
    public void The_page_is_well_formed_and_needs_nothing_from_elsewhere()
    {
        Explanation explanation = Explain(Pages("ignore_crossing_eviction", "touch 0", "touch 0, evict 0", "touch 0"));
        string html = HtmlReport.Write(explanation, ScheduleOf(explanation));
        XDocument page = XDocument.Parse(
            Regex.Replace(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), "<meta[^>]*>", ""));
        Assert.Equal(15, page.Descendants("tr").Count());
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href");
        Assert.Single(page.Descendants("tr"), row => row.Attribute("class")?.Value == "point");
        Assert.Equal(2, page.Descendants("td").Count(cell => cell.Attribute("class")?.Value == "acts pair"));
    }

    [Fact]
    public void The_data_are_complete_for_a_run_without_end()
    {
        ModelConfiguration configuration =
            Models.Complete(new ModelConfiguration("german").With("nodes", "2").With("data_values", "1"));
        Explanation explanation = Explain(configuration, EngineKind.Responses);
        using JsonDocument json = JsonDocument.Parse(JsonReport.Write(explanation, ScheduleOf(explanation)));
        Assert.Equal(explanation.Run.LoopStart, json.RootElement.GetProperty("loopStart").GetInt32());
        Assert.Equal(explanation.Run.Length, json.RootElement.GetProperty("steps").GetArrayLength());
        Assert.Contains("loop forever", MermaidDiagram.Write(explanation), StringComparison.Ordinal);
        Assert.Contains("--- from here on, again and again ---", TextReport.Write(explanation, ScheduleOf(explanation)), StringComparison.Ordinal);
        Assert.Contains("which is fair, and never gives what was asked for", explanation.Decision(), StringComparison.Ordinal);
    }

    private static Schedule ScheduleOf(Explanation explanation) =>
        Schedule.Of(Models.Create(explanation.Configuration), explanation.Configuration, explanation.Run, "breadth_first", 1, "0.1.0");

    private static bool CanKeep(FocusedModel model, ulong[] state)
    {
        // By trying every way on; runs of the sample are short and never come back.
        if (model.FindViolation(state) != ModelProperty.None)
        {
            return false;
        }

        int[] enabled = new int[model.MaxEnabled];
        int count = model.WriteEnabled(state, enabled);
        return count == 0
            ? model.FindTerminalViolation(state) == ModelProperty.None
            : enabled[..count].Any(transition =>
            {
                ulong[] successor = [.. state];
                model.Apply(successor, transition);
                return CanKeep(model, successor);
            });
    }

    private static void AssertNothingCanBeLeftOut(ModelConfiguration configuration, string property)
    {
        for (int actor = 0; actor < configuration.Scripts.Length; actor++)
        {
            Assert.False(Violates(configuration with { Scripts = configuration.Scripts.RemoveAt(actor) }, property));
            ActorScript script = configuration.Scripts[actor];
            for (int operation = 0; operation < script.Operations.Length; operation++)
            {
                ActorScript shorter = script with { Operations = script.Operations.RemoveAt(operation) };
                Assert.False(Violates(configuration with { Scripts = configuration.Scripts.SetItem(actor, shorter) }, property));
            }
        }
    }

    private static bool Violates(ModelConfiguration configuration, string property)
    {
        if (configuration.Scripts.Length < 2)
        {
            return false;
        }

        IModel model = Models.Create(new PageMigrationFamily().Normalize(configuration));
        return BreadthFirstSearch.Run((IModel)new FocusedModel(model, model.Properties.ToList().IndexOf(property)))
            .Outcome == SearchOutcome.Violated;
    }

    private static ShrinkResult Shrink(ModelConfiguration configuration, EngineKind engine = EngineKind.BreadthFirst)
    {
        Counterexample run = Exploration.Run(Models.Create(configuration), new ExplorationSettings { Engine = engine })
            .Counterexample!;
        return Shrinker.Run(Models, configuration, run, new ShrinkOptions());
    }

    private static Explanation Explain(ModelConfiguration configuration, EngineKind engine = EngineKind.BreadthFirst)
    {
        IModel model = Models.Create(configuration);
        return Explainer.Explain(model, configuration, Exploration.Run(model, new ExplorationSettings { Engine = engine })
            .Counterexample!);
    }

    private static ModelConfiguration Pages(string mutation, params string[] scripts) => new ModelConfiguration("page-migration")
        .With("mutation", mutation) with
    {
        Scripts = [.. scripts.Select((script, actor) =>
            new ActorScript(actor == 0 ? "cpu" : $"device{actor}", [.. script.Split(", ")]))],
    };

    /// <summary>Scripts in the short form of the sample, such as <c>T0,U0/T0</c>.</summary>
    private static ModelConfiguration Pages(string mutation, string shortScripts) => Pages(mutation) with
    {
        Scripts =
        [
            .. PageOperation.ParseScripts(shortScripts).Select((script, actor) =>
                new ActorScript(actor == 0
                    ? "cpu"
                    : $"device{actor}", [.. script.Select(operation => $"{EnumWord.Of(operation.Kind)} {operation.Page}")])),
        ],
    };
}
