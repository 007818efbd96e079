using HmmSim.Explorer.Explanations;
using HmmSim.Explorer.Explorations;
using HmmSim.Explorer.Models;

namespace HmmSim.Races.Tests;

/// <summary>The files of the bugs are as small as can be: whoever reads one has to understand every word of it.</summary>
public sealed class MinimalityTests
{
    /// <summary>Exhaustive searches of everything that is smaller by one operation, actor, page or device.</summary>
    [Theory]
    [MemberData(nameof(CatalogueTests.Bugs), MemberType = typeof(CatalogueTests))]
    public void Nothing_can_be_left_out(string file)
    {
        RaceFile race = Load(file);
        ExplorationReport report = Exploration.Run(RaceModels.All.Create(race.Configuration), race.Settings);
        ShrinkResult shrunk = Shrinker.Run(RaceModels.All, race.Configuration, report.Counterexample!, new ShrinkOptions());
        Assert.True(shrunk.IsMinimal);
        Assert.True(shrunk.Configuration == race.Configuration, $"this is enough: {shrunk.Configuration}, for {shrunk.Run.Transitions.Count} steps");
    }

    [Theory]
    [MemberData(nameof(CatalogueTests.BugsThatEnd), MemberType = typeof(CatalogueTests))]
    public void No_run_is_shorter(string file)
    {
        RaceFile race = Load(file);
        IModel model = RaceModels.All.Create(race.Configuration);
        Assert.Equal(DepthOfFirstViolation(model), Exploration.Run(model, race.Settings).Counterexample!.Transitions.Count);
    }

    /// <summary>Level by level, with nothing of the engines.</summary>
    private static int DepthOfFirstViolation(IModel model)
    {
        ulong[] first = new ulong[model.StateWords];
        model.WriteInitialState(0, first);
        HashSet<string> seen = [Key(first)];
        int[] enabled = new int[model.MaxEnabled];
        int depth = 0;
        for (List<ulong[]> level = [first]; level.Count > 0; depth++)
        {
            List<ulong[]> next = [];
            foreach (ulong[] state in level)
            {
                int count = model.WriteEnabled(state, enabled);
                if (model.FindViolation(state) >= 0 || (count == 0 && model.FindTerminalViolation(state) >= 0))
                {
                    return depth;
                }

                for (int step = 0; step < count; step++)
                {
                    ulong[] successor = [.. state];
                    model.Apply(successor, enabled[step]);
                    if (seen.Add(Key(successor)))
                    {
                        next.Add(successor);
                    }
                }
            }

            level = next;
        }

        return -1;
    }

    private static string Key(ulong[] state) => string.Join(' ', state);

    private static RaceFile Load(string file) => RaceFileLoader.Load(Path.Combine(Repository.Root, "scenarios", "races", file), RaceModels.All);
}
