using HmmSim.Benchmarks.Harness;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;

namespace HmmSim.Benchmarks.Scaling;

/// <summary>A scenario on several lanes of one process against one lane.</summary>
internal sealed class LanesBenchmark : IBenchmark
{
    public string Name => "lanes";

    public string Summary => "speed of a scenario on several lanes, against one: --scenario scenarios/ring-64.yaml --lanes 2,4 --rounds 5";

    public void Run(BenchmarkOptions options)
    {
        string file = options.Text("scenario", "scenarios/ring-64.yaml");
        Scenario scenario = ScenarioLoader.Load(file);
        Console.WriteLine($"{file}: several lanes against one");
        RunRounds rounds = new();
        foreach (int lanes in (int[])[1, .. options.Integers("lanes", 2, 4)])
        {
            rounds.Add(
                $"{lanes} lane(s)",
                () => new ActorSimulator().Run(scenario, new RunOptions { Lanes = lanes }, new NoProgress(), CancellationToken.None));
        }

        rounds.Print(options.Integer("rounds", 5));
    }
}
