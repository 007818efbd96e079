using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Search;
using HmmSim.Races.Models;

namespace HmmSim.Races.Tests;

/// <summary>The protocol without a seeded bug: every script of small worlds, to the last state; and engines that agree.</summary>
public sealed class WorldTests
{
    [Fact]
    public void Two_threads_and_two_devices_on_one_page_every_script_of_three_operations() =>
        Holds(Worlds.EveryScript(pages: 1, operations: 3), states: 586_061, terminalStates: 2_064);

    [Fact]
    public void The_same_where_invalidations_overtake_the_answers_to_walks() =>
        Holds(Worlds.EveryScript(pages: 1, operations: 3, "walk_replies=overtaken"), states: 754_190, terminalStates: 2_296);

    [Fact]
    public void Two_devices_on_two_pages_every_script_of_two_operations() =>
        Holds(Worlds.EveryScript(pages: 2, operations: 2), states: 42_015, terminalStates: 682);

    [Fact]
    public void Two_hosts_with_a_device_each_every_two_accesses() =>
        Holds(Worlds.TwoHosts(operations: 2), states: 9_780, terminalStates: 96);

    [Fact]
    public void Two_hosts_with_a_device_each_every_three_accesses() =>
        Holds(Worlds.TwoHosts(operations: 3), states: 552_161, terminalStates: 636);

    [Fact]
    public void Coherent_devices_every_script_of_two_operations() =>
        Holds(Worlds.EveryScript(pages: 1, operations: 2, "memory_kind=coherent"), states: 12_827, terminalStates: 216);

    [Fact]
    public void A_search_goes_on_from_a_file_where_nothing_is_known_of_its_machines()
    {
        ModelConfiguration configuration = Worlds.EveryScript(pages: 1, operations: 2);
        SearchResult whole = BreadthFirstSearch.Run(Worlds.ModelOf(configuration), new SearchOptions());
        string file = Path.GetTempFileName();
        try
        {
            SearchOptions limited = new() { MaxStates = 2_000, Checkpoint = new SearchCheckpoint(file, "test", Resume: false) };
            Assert.Equal(SearchOutcome.StateLimit, BreadthFirstSearch.Run(Worlds.ModelOf(configuration), limited).Outcome);
            MachineTables.Clear();
            SearchOptions rest = new() { Checkpoint = new SearchCheckpoint(file, "test", Resume: true) };
            SearchResult resumed = BreadthFirstSearch.Run(Worlds.ModelOf(configuration), rest);
            Assert.Equal((whole.States, whole.Transitions, whole.TerminalStates), (resumed.States, resumed.Transitions, resumed.TerminalStates));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_machines_are_actors_whose_steps_are_independent()
    {
        Random random = new(1);
        for (int world = 0; world < 30; world++)
        {
            ModelConfiguration configuration = Worlds.Random(random);
            string? contradiction = IndependenceAudit.FindContradiction((HmmActorModel)Worlds.ModelOf(configuration), 300);
            Assert.True(contradiction is null, $"{configuration}: {contradiction}");
        }
    }

    [Fact]
    public void All_engines_agree_on_random_worlds()
    {
        Random random = new(2);
        for (int world = 0; world < 200; world++)
        {
            ModelConfiguration configuration = Worlds.Random(random);
            HmmActorModel model = (HmmActorModel)Worlds.ModelOf(configuration);
            SearchResult full = BreadthFirstSearch.Run(model, new SearchOptions());
            SearchResult ample = AmpleSearch.Run(model, new SearchOptions(), keepGlobalProperties: true);
            Assert.True(full.Outcome == SearchOutcome.Exhausted, $"{configuration}: {full.Outcome} {full.Counterexample?.PropertyName}");
            Assert.Equal((full.Outcome, full.TerminalStates), (ample.Outcome, ample.TerminalStates));
            if (full.States < 400)
            {
                SourceDporResult traces = SourceDpor.Run(model, new SourceDporOptions());
                Assert.Equal((RunOutcome.Exhausted, full.TerminalStates), (traces.Outcome, traces.TerminalStates));
            }
        }
    }

    private static void Holds(ModelConfiguration configuration, long states, long terminalStates)
    {
        SearchResult result = BreadthFirstSearch.Run(Worlds.ModelOf(configuration), new SearchOptions { Workers = 2 });
        Assert.True(result.Outcome == SearchOutcome.Exhausted, $"{result.Outcome} {result.Counterexample?.PropertyName}");
        Assert.Equal((states, terminalStates), (result.States, result.TerminalStates));
    }
}
