using System.CommandLine;
using System.Globalization;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cli;

/// <summary><c>hmmsim sweep</c>: its arguments and its help.</summary>
internal static class SweepCommand
{
    private const string Help = """
        Runs a scenario once for each seed. In a cluster, every member that is free takes the next run, and a run whose
        member is lost is done again elsewhere.

        Examples:
          hmmsim sweep scenarios/two-hosts.yaml --seeds 1..20
          hmmsim sweep scenarios/two-hosts.yaml --seeds 1..1000 --members 4
          hmmsim sweep scenarios/two-hosts.yaml --seeds 1..1000 --cluster node0:4053,node1:4053

        The results go to FOLDER/seed-N/result.json, a table of them to FOLDER/sweep.csv. Exit codes: 0 all conservation
        checks passed, 1 one failed, 2 bad input, 3 a run failed, 130 stopped with Ctrl+C.
        """;

    public static Command Create(string[] arguments, Func<ISimulator> simulatorFactory, TextWriter output, TextWriter error)
    {
        Argument<string> file = new("FILE") { Description = "The scenario, a YAML file (docs/SCENARIOS.md)" };
        Option<string?> folder = new("--output", "-o") { Description = "Folder for the results [default: results/NAME-sweep]", HelpName = "FOLDER" };
        Option<IReadOnlyList<ulong>?> seeds = new("--seeds")
        {
            Description = "One run for each: ranges and numbers, such as 1..100 or 3,5,8",
            HelpName = "LIST",
            Required = true,
            CustomParser = result => SeedRange.TryParse(result.Tokens[0].Value, out IReadOnlyList<ulong>? list)
                ? list
                : OptionText.Refuse<IReadOnlyList<ulong>>(
                    result,
                    string.Create(CultureInfo.InvariantCulture, $"ranges and whole numbers such as 1..100 or 3,5,8, at most {SeedRange.RunsAtMost} in all")),
        };
        Option<int> lanes = RunCommand.NewLanesOption();
        ClusterOptionSet cluster = new();
        Command command = new("sweep", Help) { file, folder, seeds, lanes };
        cluster.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            SweepRequest request = new()
            {
                File = parsed.GetRequiredValue(file),
                Folder = parsed.GetValue(folder),
                Seeds = parsed.GetValue(seeds)!,
                Lanes = parsed.GetValue(lanes),
                CommandLine = ["hmmsim", .. arguments],
            };
            return new SweepSession(cluster.SourceOf(parsed) ?? new LocalSimulatorSource(simulatorFactory), output, error).RunAsync(request, cancellation);
        });
        return command;
    }
}
