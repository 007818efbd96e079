using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Explorations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Runs;
using HmmSim.Races.Mutants;

namespace HmmSim.Races.Tests;

/// <summary>Every seeded bug is found in its smallest configuration, by chance too, and is silent when it is off.</summary>
public sealed class CatalogueTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "scenarios", "races");

    public static TheoryData<string> Bugs => [.. Files];

    private static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Folder, "bug-*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_bug_is_found_exhaustively(string file)
    {
        RaceFile race = Load(file);
        Assert.NotEmpty(race.About);
        Assert.Equal(Verdict.Violated, race.Expectation?.Verdict);
        Assert.Null(RaceRun.Of(race, RaceModels.All, race.Settings).Difference);
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Without_the_bug_nothing_is_found(string file)
    {
        RaceFile race = Load(file);
        RaceFile off = race with { Configuration = race.Configuration.With("mutation", "none"), Expectation = new RaceExpectation(Verdict.Holds, null, null, null) };
        Assert.Null(RaceRun.Of(off, RaceModels.All, race.Settings).Difference);
    }

    /// <summary>A lasso has no end that a random run could see, so bugs of progress are left out.</summary>
    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_random_engine_finds_it_on_nearly_every_seed(string file)
    {
        RaceFile race = Load(file);
        if (race.Settings.Engine == EngineKind.Responses)
        {
            return;
        }

        int found = 0;
        IModel model = RaceModels.All.Create(race.Configuration);
        for (ulong seed = 1; seed <= 20; seed++)
        {
            RunSamplerOptions options = new() { Strategy = SamplingStrategy.RandomWalk, Seed = seed, Runs = 10_000, MaxSteps = 500 };
            found += RunSampler.Run(model, options).Outcome == RunOutcome.Violated ? 1 : 0;
        }

        Assert.True(found >= 19, $"{found} of 20 seeds found it");
    }

    [Fact]
    public void Every_mutant_has_a_race_file() =>
        Assert.Empty(MutantCatalogue.All.Select(mutant => mutant.Name).Except(Files.Select(file => Load(file).Configuration.Text("mutation"))));

    private static RaceFile Load(string file) => RaceFileLoader.Load(Path.Combine(Folder, file), RaceModels.All);
}
