using System.Collections.Immutable;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Explorations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Schedules;
using HmmSim.Explorer.Search;
using HmmSim.Explorer.Symmetry;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Models;
using HmmSim.Races.Mutants;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Tests;

/// <summary>Devices and threads that do the same are interchangeable, and one state of each orbit stands for all.</summary>
public sealed class SymmetryTests
{
    public static TheoryData<string> AuditedWorlds => [.. Audited.Keys];

    private static Dictionary<string, (ModelConfiguration World, int Permutations)> Audited { get; } = new()
    {
        ["every script of two operations"] = (Worlds.EveryScript(pages: 1, operations: 2), 4),
        ["every script on two pages, overtaken"] = (Worlds.EveryScript(pages: 2, operations: 2, "walk_replies=overtaken"), 4),
        ["coherent devices"] = (Worlds.EveryScript(pages: 1, operations: 2, "memory_kind=coherent device_frames=1"), 4),
        ["three devices"] = (Worlds.Of(
            "devices=3",
            ("setup", ["write 0"]),
            ("cpu1", ["touch 0"]),
            ("device1", ["migrate 0"]),
            ("device2", ["migrate 0"]),
            ("device3", ["migrate 0"])), 6),
        ["warps"] = (Worlds.Of("devices=2", ("core1", ["write 0"]), ("warp1", ["write 0", "touch 0"]), ("warp2", ["write 0", "touch 0"])), 2),
        ["warps and processes"] = (Worlds.Of(
            "devices=2 pages=2",
            ("cpu1", ["write 0"]),
            ("cpu2", ["write 0"]),
            ("warp1", ["touch 0", "write 1"]),
            ("warp2", ["touch 0", "write 1"])), 2),
        ["children that open the devices"] = (Worlds.Of(
            "devices=2",
            ("cpu1", ["fork"]),
            ("cpu2", ["fork"]),
            ("child1", ["open device1", "write 0 device1"]),
            ("child2", ["open device2", "write 0 device2"])), 2),
        ["devices that are closed"] = (Worlds.Of(
            "devices=2", ("setup", ["write 0"]), ("device1", ["migrate 0", "close"]), ("device2", ["migrate 0", "close"])), 2),
        ["swap and pins"] = (Worlds.Of(
            "devices=1",
            ("setup", ["write 0"]),
            ("cpu1", ["page_out 0", "pin 0"]),
            ("cpu2", ["page_out 0", "pin 0"]),
            ("device1", ["fail_allocation", "migrate 0"])), 2),
        ["forks that share"] = (Worlds.Of(
            "devices=1",
            ("setup", ["write 0"]),
            ("cpu1", ["fork"]),
            ("cpu2", ["fork"]),
            ("child1", ["write 0"]),
            ("child2", ["write 0"]),
            ("device1", ["migrate 0"])), 2),
    };

    [Theory]
    [MemberData(nameof(AuditedWorlds))]
    public void Renamed_states_have_renamed_steps(string world)
    {
        HmmModel model = Worlds.ModelOf(Audited[world].World);
        Assert.Equal(Audited[world].Permutations, model.PermutationCount);
        string? contradiction = SymmetryAudit.FindContradiction(model, 3_000);
        Assert.True(contradiction is null, contradiction);
    }

    [Fact]
    public void Devices_that_do_not_do_the_same_are_not_interchangeable() =>
        Assert.Equal(1, Worlds.ModelOf(Worlds.Of("devices=2", ("device1", ["migrate 0"]), ("device2", ["write 0"]))).PermutationCount);

    [Fact]
    public void Versions_that_processors_make_and_values_that_processes_store_do_not_exchange_names()
    {
        (string, string[])[] processes = [("cpu1", ["write 0"]), ("cpu2", ["write 0"])];
        Assert.Equal(2, Worlds.ModelOf(Worlds.Of("devices=1 pages=2", [.. processes, ("warp1", ["touch 1"])])).PermutationCount);
        Assert.Equal(1, Worlds.ModelOf(Worlds.Of("devices=1 pages=2", [.. processes, ("warp1", ["write 1"])])).PermutationCount);
    }

    [Fact]
    public void A_setup_tells_devices_apart() =>
        Assert.Equal(
            1,
            Worlds.ModelOf(Worlds.Of("devices=2", ("setup", ["migrate 0 device1"]), ("device1", ["touch 0"]), ("device2", ["touch 0"])))
                .PermutationCount);

    [Fact]
    public void A_device_that_behaves_otherwise_is_caught_by_the_audit()
    {
        WorldSpec spec = new(Topology.OneHost, Devices: 2, Pages: 1, RamFrames: 8, DeviceFrames: 2, default, default, ReplyOrder.Overtaken);
        ImmutableArray<WorldThread> threads =
        [
            Thread("cpu1", OperationKind.Unmap, 0),
            Thread("device1", OperationKind.Touch, 1),
            Thread("device2", OperationKind.Touch, 2),
        ];
        Assert.Null(SymmetryAudit.FindContradiction(new HmmActorModel(new MachineTable(new World(spec, PlainMachines.Instance)), threads, []), 3_000));
        HmmActorModel odd = new(new MachineTable(new World(spec, new OneOddDevice())), threads, []);
        Assert.Equal(2, odd.PermutationCount);
        Assert.NotNull(SymmetryAudit.FindContradiction(odd, 3_000));
    }

    [Fact]
    public void Two_threads_and_two_devices_on_one_page_every_script_of_three_operations() =>
        Holds(Worlds.EveryScript(pages: 1, operations: 3), orbits: 168_585, terminalOrbits: 636);

    [Fact]
    public void Two_devices_on_two_pages_every_script_of_two_operations() =>
        Holds(Worlds.EveryScript(pages: 2, operations: 2), orbits: 16_074, terminalOrbits: 266);

    [Fact]
    public void Coherent_devices_every_script_of_two_operations() =>
        Holds(Worlds.EveryScript(pages: 1, operations: 2, "memory_kind=coherent"), orbits: 4_725, terminalOrbits: 84);

    [Fact]
    public void All_searches_agree_on_random_worlds()
    {
        Random random = new(11);
        int symmetric = 0;
        int violated = 0;
        int counted = 0;
        for (int world = 0; world < 240; world++)
        {
            ModelConfiguration configuration = world % 6 == 0 ? Worlds.Random(random) : Worlds.RandomSymmetric(random);
            configuration = world % 3 > 0 ? configuration : configuration.With("mutation", MutantCatalogue.All[random.Next(MutantCatalogue.All.Count)].Name);
            HmmActorModel model = (HmmActorModel)Worlds.ModelOf(configuration);
            SearchResult full = BreadthFirstSearch.Run(model, new SearchOptions());
            SearchResult orbits = SymmetricSearch.Run(model, new SearchOptions());
            SearchResult ample = AmpleSearch.Run(model, new SearchOptions());
            SearchResult both = AmpleSearch.RunSymmetric(model, model, new SearchOptions());
            Assert.True(full.Outcome == orbits.Outcome && full.Outcome == ample.Outcome && full.Outcome == both.Outcome,
                $"{configuration}: {full.Outcome}, {orbits.Outcome} with symmetry, {ample.Outcome} with ample sets, {both.Outcome} with both");
            Assert.Equal(full.Counterexample?.Transitions.Count, orbits.Counterexample?.Transitions.Count);
            if (full.Outcome == SearchOutcome.Exhausted)
            {
                Assert.Equal((full.TerminalStates, orbits.TerminalStates), (ample.TerminalStates, both.TerminalStates));
            }

            if (full.Outcome == SearchOutcome.Exhausted && full.States < 5_000)
            {
                Assert.Equal((full.States, full.TerminalStates), CountByOrbits(model));
                counted++;
            }

            symmetric += model.PermutationCount > 1 ? 1 : 0;
            violated += full.Outcome == SearchOutcome.Violated ? 1 : 0;
        }

        Assert.True(
            symmetric >= 200 && violated >= 5 && counted >= 50,
            $"{symmetric} of 240 worlds are symmetric, {violated} have a bug that is found, {counted} are small");
    }

    [Theory]
    [MemberData(nameof(CatalogueTests.BugsThatEnd), MemberType = typeof(CatalogueTests))]
    public void A_bug_is_found_with_symmetry_by_a_run_of_the_model_that_replays(string file)
    {
        RaceFile race = RaceFileLoader.Load(Path.Combine(Repository.Root, "scenarios", "races", file), RaceModels.All);
        IModel model = RaceModels.All.Create(race.Configuration);
        ExplorationReport report = Exploration.Run(model, race.Settings with { Engine = EngineKind.Symmetric });
        Assert.Equal(race.Expectation!.Property, report.Counterexample!.PropertyName);
        Assert.Equal(Exploration.Run(model, race.Settings).Counterexample!.Transitions.Count, report.Counterexample.Transitions.Count);
        Schedule schedule = Schedule.Of(model, race.Configuration, report.Counterexample, "test", 1, "test");
        ReplayResult replay = ScheduleReplay.Run(schedule, RaceModels.All.Create(race.Configuration));
        Assert.True(replay.Outcome == ReplayOutcome.Reproduced, replay.Message);
    }

    private static WorldThread Thread(string name, OperationKind kind, int device) =>
        new(name, ThreadKind.Process, Machine: 0, World.FirstSpace, [[new Operation(kind, 0, device)]]);

    private static void Holds(ModelConfiguration configuration, long orbits, long terminalOrbits)
    {
        SearchResult result = SymmetricSearch.Run(Worlds.ModelOf(configuration), new SearchOptions { Workers = 2 });
        Assert.True(result.Outcome == SearchOutcome.Exhausted, $"{result.Outcome} {result.Counterexample?.PropertyName}");
        Assert.Equal((orbits, terminalOrbits), (result.States, result.TerminalStates));
    }

    /// <summary>States and terminal states of the model itself, by going through one state of each orbit and taking it for as many as its orbit has.</summary>
    private static (long States, long TerminalStates) CountByOrbits(HmmModel model)
    {
        Quotient<HmmModel> quotient = new(model);
        ulong[] first = new ulong[model.StateWords];
        quotient.WriteInitialState(0, first);
        HashSet<string> seen = [string.Join(' ', first)];
        Queue<ulong[]> open = new([first]);
        int[] enabled = new int[model.MaxEnabled];
        (long states, long terminalStates) = (0, 0);
        while (open.TryDequeue(out ulong[]? state))
        {
            int count = quotient.WriteEnabled(state, enabled);
            int size = Canonical.OrbitSize(model, state);
            states += size;
            terminalStates += count == 0 ? size : 0;
            for (int step = 0; step < count; step++)
            {
                ulong[] next = [.. state];
                quotient.Apply(next, enabled[step]);
                if (seen.Add(string.Join(' ', next)))
                {
                    open.Enqueue(next);
                }
            }
        }

        return (states, terminalStates);
    }

    /// <summary>The first device takes an invalidation that has come and gone for none, which the second notices.</summary>
    private sealed class OneOddDevice : IMachineMaker
    {
        public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) =>
            spec.Id == World.IdOf(1) ? MutantCatalogue.MakerOf("counted_sequence_as_flag").NewDevice(spec, layout) : new DeviceMemory(spec, layout);
    }
}
