using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Explorations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Tests;

/// <summary>Race files: read as written, refused with place and suggestion; and the catalogue finds what it says.</summary>
public sealed class RaceFileTests
{
    private const string Whole = """
        about: everything
        model: page-migration
        parameters: { mutation: queue_crossing_eviction }
        scripts:
          cpu: [touch 0, unmap 1]
          device1: [evict 0]
        engine: random_walk
        seed: 7
        runs: 20
        max_steps: 30
        bug_depth: 4
        delays: 5
        keep_global_properties: no
        store: compact
        workers: 2
        limits: { states: 100, seconds: 9, memory_mib: 3 }
        expect: { verdict: violated, property: single holder, steps: 6, states: 8 }

        """;

    public static TheoryData<string> Catalogue =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "scenarios", "races"), "*.yaml")
            .Where(file => !Path.GetFileName(file).StartsWith("bug-", StringComparison.Ordinal)) // of the protocol: Races.Tests
            .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Catalogue))]
    public void An_entry_of_the_catalogue_finds_what_it_says(string file)
    {
        RaceFile race = RaceFileLoader.Load(Path.Combine(Repository.Root, "scenarios", "races", file), ModelRegistry.BuiltIn);
        Assert.NotNull(race.Expectation);
        Assert.NotEmpty(race.About);
        Assert.Null(RaceRun.Of(race, ModelRegistry.BuiltIn, race.Settings).Difference);
    }

    [Fact]
    public void Every_key_is_read()
    {
        RaceFile race = RaceFileLoader.Parse(Whole, "folder/all.yaml", ModelRegistry.BuiltIn);
        ExplorationSettings settings = race.Settings;
        Assert.Equal(("all", "everything"), (race.Name, race.About));
        Assert.Equal("page-migration | mutation=queue_crossing_eviction | cpu: touch 0; unmap 1 | device1: evict 0",
            race.Configuration.ToString());
        Assert.Equal((EngineKind.RandomWalk, 7UL, 20, 30, 4, 5),
            (settings.Engine, settings.Seed, settings.Runs, settings.MaxSteps, settings.BugDepth, settings.Delays));
        Assert.Equal((false, StoreKind.Compact, 2, 100),
            (settings.KeepGlobalProperties, settings.Store, settings.Workers, settings.MaxStates));
        Assert.Equal((TimeSpan.FromSeconds(9), 3L << 20), (settings.TimeLimit, settings.MaxBytes));
        Assert.Equal(new RaceExpectation(Verdict.Violated, "single holder", 6, 8), race.Expectation);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        RaceFile race = RaceFileLoader.Parse("model: german", "g.yaml", ModelRegistry.BuiltIn);
        Assert.Equal(new ExplorationSettings(), race.Settings);
        Assert.Equal("german | data_symmetry=no | data_values=2 | mutation=none | nodes=3 | request_fairness=weak",
            race.Configuration.ToString());
        Assert.Null(race.Expectation);
    }

    [Theory]
    [InlineData("modle: german",
        "r:1:1: the race file has no 'model' (expected the name of a model such as german)\n"
        + "r:1:1: the race file has no key 'modle' (expected one of *; did you mean 'model'?)")]
    [InlineData("model: germn",
        "r:1:8: there is no model 'germn' (expected one of german, page-migration; did you mean 'german'?)")]
    [InlineData("model: german\nparameters: { node: 3 }",
        "r:2:21: the model 'german' has no parameter 'node' (expected one of *; did you mean 'nodes'?)")]
    [InlineData("model: german\nparameters: { nodes: 9 }", "r:2:22: 'nodes' is '9' (expected a whole number from 1 to 8)")]
    [InlineData("model: german\nparameters: { mutation: lose_writeback }",
        "r:2:25: 'mutation' is 'lose_writeback' (expected one of *; did you mean 'lose_write_back'?)")]
    [InlineData("model: german\nscripts: { cpu: [touch 0] }",
        "r:2:10: the model 'german' takes no scripts (expected only parameters)")]
    [InlineData("model: page-migration",
        "r:1:1: the model 'page-migration' needs scripts (expected an actor and its operations such as 'cpu: [touch 0, unmap 0]')")]
    [InlineData("model: page-migration\nscripts: { cpu: [tuch 0], device1: [] }",
        "r:2:17: 'tuch 0' is no operation (expected touch, evict, unmap and a page from 0 to 7, such as 'touch 0'; did you mean 'touch'?)")]
    [InlineData("model: page-migration\nscripts: { cpu: [touch 0], gpu: [] }",
        "r:2:33: the actor in place 2 is 'gpu' (expected 'device1': the CPU first, then its devices in order)")]
    [InlineData("model: page-migration\nscripts: { cpu: touch 0 }",
        "r:2:17: 'cpu' is 'touch 0' (expected a list such as [touch 0, evict 0])")]
    [InlineData("model: german\nengine: breath_first",
        "r:2:9: 'engine' is 'breath_first' (expected one of *; did you mean 'breadth_first'?)")]
    [InlineData("model: german\nlimits: { second: 3 }",
        "r:2:11: the section 'limits' has no key 'second' (expected one of states, seconds, memory_mib; did you mean 'seconds'?)")]
    [InlineData("model: german\nseed: -1\nruns: 0",
        "r:2:7: 'seed' is '-1' (expected a whole number from 0 to *)\nr:3:7: 'runs' is '0' (expected a whole number from 1 to *)")]
    [InlineData("model: german\nexpect: { verdict: violated, property: CtrlPop }",
        "r:2:40: the model 'german' has no property 'CtrlPop' (expected one of *; did you mean 'CtrlProp'?)")]
    [InlineData("model: german\nexpect: { steps: 3 }", "r:2:9: the section 'expect' has no 'verdict' (expected one of *)")]
    [InlineData("model: german\nmodel: german", "r:2:1: not readable as YAML: *")]
    [InlineData("model: [german", "r:*: not readable as YAML: *")]
    [InlineData("", "r:1:1: the file has 0 documents (expected one, with keys such as model)")]
    [InlineData("- german", "r:1:1: the race file has no 'model' *\nr:1:1: the race file is a list (expected keys with values)")]
    public void A_mistake_is_named_with_its_place(string text, string message)
    {
        string[] actual = Assert.Throws<InputException>(() => RaceFileLoader.Parse(text, "r", ModelRegistry.BuiltIn))
            .Message.Split('\n');
        string[] expected = message.Split('\n');
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Order(StringComparer.Ordinal)
            .Zip(actual.Order(StringComparer.Ordinal)), pair => Assert.Matches(Pattern(pair.First), pair.Second));
    }

    [Theory]
    [InlineData(EngineKind.SourceDpor)]
    [InlineData(EngineKind.Ample)]
    [InlineData(EngineKind.SymmetricAmple)]
    [InlineData(EngineKind.PartialOrder)]
    public void An_engine_says_what_it_needs(EngineKind engine)
    {
        IModel german = ModelRegistry.BuiltIn.Create(new ModelConfiguration("german"));
        string message = Assert.Throws<EngineException>(() =>
            Exploration.Run(german, new ExplorationSettings { Engine = engine })).Message;
        Assert.StartsWith($"the engine {EnumWord.Of(engine)} needs a model that is an I", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_engine_judges_the_sample_alike()
    {
        foreach (EngineKind engine in Enum.GetValues<EngineKind>().Where(engine => engine != EngineKind.Responses))
        {
            ExplorationReport bad = Explore(engine, "queue_crossing_eviction");
            Assert.Equal((Verdict.Violated, "deadlock freedom"), (bad.Verdict, bad.Counterexample!.PropertyName));
            ExplorationReport good = Explore(engine, "none");
            Assert.Equal(engine >= EngineKind.RandomWalk ? Verdict.NothingFound : Verdict.Holds, good.Verdict);
        }
    }

    [Fact]
    public void Limits_of_time_end_the_engines_that_only_know_cancelling()
    {
        const string Long =
            "model: page-migration\n"
            + "scripts: { cpu: [touch 0, touch 1], device1: [touch 0, touch 1], device2: [touch 1, touch 0], device3: [touch 0, evict 0] }";
        IModel model = ModelRegistry.BuiltIn.Create(RaceFileLoader.Parse(Long, "r", ModelRegistry.BuiltIn).Configuration);
        foreach (EngineKind engine in new[] { EngineKind.RandomWalk, EngineKind.Swarm, EngineKind.SourceDpor })
        {
            ExplorationReport report = Exploration.Run(model,
                new ExplorationSettings { Engine = engine, TimeLimit = TimeSpan.Zero, Runs = long.MaxValue });
            Assert.Equal((Verdict.LimitReached, "limit of time"), (report.Verdict, report.Ending));
        }
    }

    private static ExplorationReport Explore(EngineKind engine, string mutation)
    {
        ModelConfiguration configuration = new ModelConfiguration("page-migration").With("mutation", mutation) with
        {
            Scripts = [new("cpu", ["touch 0", "unmap 0"]), new("device1", ["touch 0", "evict 0"]), new("device2", ["touch 0"])],
        };
        return Exploration.Run(ModelRegistry.BuiltIn.Create(configuration),
            new ExplorationSettings { Engine = engine, Runs = 2_000 });
    }

    private static string Pattern(string message) =>
        $"^{System.Text.RegularExpressions.Regex.Escape(message).Replace(@"\*", ".*", StringComparison.Ordinal)}$";
}
