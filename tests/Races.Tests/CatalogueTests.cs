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

    /// <summary>A lasso has no end that a random run could see, so bugs of progress under fairness are left out.</summary>
    public static TheoryData<string> BugsThatEnd => [.. Files.Where(file => Load(file).Settings.Engine != EngineKind.Responses)];

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
        RaceFile off = race with
        {
            Configuration = race.Configuration.With("mutation", "none"),
            Expectation = new RaceExpectation(Verdict.Holds, null, null, null),
        };
        Assert.Null(RaceRun.Of(off, RaceModels.All, race.Settings).Difference);
    }

    [Theory]
    [MemberData(nameof(BugsThatEnd))]
    public void A_random_engine_finds_it_on_nearly_every_seed(string file)
    {
        IModel model = RaceModels.All.Create(Load(file).Configuration);
        int found = FoundBy(model, SamplingStrategy.RandomWalk);
        found = found >= 19 ? found : Math.Max(found, FoundBy(model, SamplingStrategy.PriorityChanges));
        Assert.True(found >= 19, $"{found} of 20 seeds found it");
    }

    [Fact]
    public void Every_mutant_has_a_race_file() =>
        Assert.Empty(MutantCatalogue.All.Select(mutant => mutant.Name).Except(Files.Select(file => Load(file).Configuration.Text("mutation"))));

    private static int FoundBy(IModel model, SamplingStrategy strategy) => Enumerable.Range(1, 20).Count(seed => RunSampler.Run(
        model, new RunSamplerOptions { Strategy = strategy, Seed = (ulong)seed, Runs = 10_000, MaxSteps = 500 }).Outcome == RunOutcome.Violated);

    private static RaceFile Load(string file) => RaceFileLoader.Load(Path.Combine(Folder, file), RaceModels.All);
}
