using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Search;
using HmmSim.Explorer.Symmetry;

namespace HmmSim.Explorer.Tests;

/// <summary>The search against the counts of PMIG-S.</summary>
public sealed class PageMigrationTests
{
    [Theory]
    [InlineData("T0,U0/T0,E0/T0", 671, 1_358, 11)]
    [InlineData("T0,U0/T0,E0,T0/T0,E0", 2_415, 5_321, 26)]
    [InlineData("T0,T1/T0,E0,T1/T1,T0,E1", 3_544, 8_022, 22)]
    [InlineData("T0,U0/T0,E0/T0,E0/T0", 9_188, 24_032, 49)]
    [InlineData("T0,T1/T0,E0/T1,E1/T0", 5_025, 14_293, 12)]
    [InlineData("T0,T1/T0,T1/T1,T0/T0,E0", 23_250, 61_786, 88)]
    public void The_correct_protocol_has_the_known_state_space(string scripts, long states, long transitions, long terminals)
    {
        SearchResult result = BreadthFirstSearch.Run(new PageMigrationModel(scripts));
        Assert.Equal((SearchOutcome.Exhausted, states, transitions, terminals), (result.Outcome, result.States, result.Transitions, result.TerminalStates));
    }

    [Theory]
    [InlineData("T0,U0/T0,E0/T0,E0/T0", 4_666, 12_242)]
    public void Symmetry_leaves_one_state_of_each_orbit(string scripts, long orbits, long transitions)
    {
        SearchResult result = SymmetricSearch.Run(new PageMigrationModel(scripts), new SearchOptions());
        Assert.Equal((SearchOutcome.Exhausted, orbits, transitions), (result.Outcome, result.States, result.Transitions));
    }
}
