using HmmSim.Benchmarks.Harness;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Benchmarks.Scaling;

/// <summary>A scenario over real member processes against one lane of one process.</summary>
internal sealed class MembersBenchmark : IBenchmark
{
    public string Name => "members";

    public string Summary =>
        "speed of a scenario over member processes of this machine, against one lane: --scenario scenarios/islands.yaml --members 2 --rounds 5";

    public void Run(BenchmarkOptions options)
    {
        string file = options.Text("scenario", "scenarios/islands.yaml");
        int members = options.Integer("members", 2);
        Scenario scenario = ScenarioLoader.Load(file);
        using ChildMembers one = new(1);
        using ChildMembers several = new(members);
        Console.WriteLine($"{file}: {members} members against one lane in one process of the same program");
        RunRounds rounds = new();
        rounds.Add("one process, one lane", () => one.Run(scenario), processorTime: () => one.ProcessorTime);
        rounds.Add($"{members} processes, one lane each", () => several.Run(scenario), () => several.Meetings, () => several.ProcessorTime);
        rounds.Print(options.Integer("rounds", 5));
    }
}
