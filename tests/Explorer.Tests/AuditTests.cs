using HmmSim.Explorer.Models;
using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Search;
using HmmSim.Explorer.Symmetry;

namespace HmmSim.Explorer.Tests;

/// <summary>A wrong claim about symmetry or independence is found, a right one is not doubted.</summary>
public sealed class AuditTests
{
    [Fact]
    public void A_sound_model_passes()
    {
        FaultyModel model = new(ModelFault.None);
        Assert.Null(SymmetryAudit.FindContradiction(model, long.MaxValue));
        Assert.Null(IndependenceAudit.FindContradiction(model, long.MaxValue));
    }

    [Theory]
    [InlineData(ModelFault.SharedVariable, "the order matters")]
    [InlineData(ModelFault.OneDisablesOther, "one disables the other")]
    [InlineData(ModelFault.WrongPendingCount, "has 1 pending but is not enabled")]
    public void A_wrong_independence_is_found(ModelFault fault, string said) =>
        Assert.Contains(said, IndependenceAudit.FindContradiction(new FaultyModel(fault), long.MaxValue),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(ModelFault.HalfPermutation, "not the renamed successor")]
    [InlineData(ModelFault.NoCanonicalForm, "another representative")]
    [InlineData(ModelFault.FirstAgentDisabled, "other transitions")]
    [InlineData(ModelFault.PropertyNamesAgent, "another property")]
    [InlineData(ModelFault.SharedVariable, "not the renamed successor")]
    public void A_wrong_permutation_is_found(ModelFault fault, string said) =>
        Assert.Contains(said, SymmetryAudit.FindContradiction(new FaultyModel(fault), long.MaxValue), StringComparison.Ordinal);

    [Theory]
    [InlineData(GermanMutation.None, false, 3)]
    [InlineData(GermanMutation.None, true, 3)]
    [InlineData(GermanMutation.AcceptRequestWhileBusy, true, 2)]
    public void German_is_symmetric(GermanMutation mutation, bool dataSymmetry, int nodes) =>
        Assert.Null(SymmetryAudit.FindContradiction(new GermanModel(nodes, mutation: mutation, dataSymmetry: dataSymmetry),
            4_000));

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void Orbits_add_up_to_all_states(int nodes, bool dataSymmetry)
    {
        GermanModel model = new(nodes, dataSymmetry: dataSymmetry);
        ulong[][] representatives = [.. ReachableStates.Of(new Quotient<GermanModel>(model), long.MaxValue)];
        Assert.Equal(BreadthFirstSearch.Run(model).States, representatives.Sum(state => (long)Canonical.OrbitSize(model, state)));
    }

    [Fact]
    public void Sorting_and_enumeration_choose_the_same_orbits()
    {
        GermanModel model = new(3, dataSymmetry: true);
        Dictionary<string, string> pairs = [];
        foreach (ulong[] state in ReachableStates.Of(model, 5_000))
        {
            ulong[] sorted = [.. state];
            ulong[] enumerated = [.. state];
            model.Canonicalize(sorted);
            Canonical.ByEnumeration(model, enumerated);
            string representative = string.Join(' ', sorted);
            Assert.Equal(pairs.TryAdd(string.Join(' ', enumerated), representative)
                ? representative
                : pairs[string.Join(' ', enumerated)], representative);
        }

        Assert.Equal(pairs.Count, pairs.Values.Distinct().Count());
    }
}
