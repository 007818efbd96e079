using System.CommandLine;
using System.Globalization;
using HmmSim.Conformance.Scripts;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cli;

/// <summary><c>hmmsim run</c>: its arguments, their ranges and its help.</summary>
internal static class RunCommand
{
    private const string Help = """
        Runs a scenario and writes its figures. A scenario with steps is a script of calls; each must answer what it says.

        Examples:
          hmmsim run scenarios/quickstart.yaml
          hmmsim run scenarios/two-hosts.yaml --seed 8 --output results/try
          hmmsim run scenarios/quickstart.yaml --lanes 4
          hmmsim run scenarios/selftests/hmm2-migrate-mixed.yaml
          hmmsim run scenarios/two-hosts.yaml --members 2
          hmmsim run scenarios/two-hosts.yaml --cluster node0:4053,node1:4053
          hmmsim run scenarios/ring-64.yaml --checkpoint-every 30s --checkpoint-to saved
          hmmsim run --resume saved

        The result goes to FOLDER/result.json. Exit codes: 0 all checks passed, 1 one failed,
        2 bad input, 3 the run failed, 130 stopped with Ctrl+C.
        """;

    public static Command Create(string[] arguments, Func<ISimulator> simulatorFactory, TextWriter output, TextWriter error)
    {
        Argument<string?> file = new("FILE")
        {
            Description = "The scenario, a YAML file (docs/SCENARIOS.md)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> folder = new("--output", "-o") { Description = "Result folder [default: results/NAME-SEED]", HelpName = "FOLDER" };
        Option<ulong?> seed = new("--seed")
        {
            Description = "Seed of random choices, instead of the file's",
            HelpName = "N",
            CustomParser = result => ulong.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
                ? value
                : OptionText.Refuse<ulong?>(result, $"a whole number from 0 to {ulong.MaxValue}"),
        };
        Option<int> lanes = NewLanesOption();
        ClusterOptionSet cluster = new();
        Command command = new("run", Help) { file, folder, seed, lanes };
        CheckpointOptionSet checkpoints = new();
        cluster.AddTo(command);
        checkpoints.AddTo(command, file);
        command.SetAction((parsed, cancellation) =>
        {
            RunRequest request = new()
            {
                File = parsed.GetValue(file),
                Folder = parsed.GetValue(folder),
                Seed = parsed.GetValue(seed),
                Lanes = parsed.GetValue(lanes),
                Checkpoints = checkpoints.RequestOf(parsed),
                CommandLine = ["hmmsim", .. arguments],
            };
            return request.File is not null && ScriptLoader.IsScript(request.File)
                ? new ScriptSession(output, error).RunAsync(request, cancellation)
                : new RunSession(cluster.SourceOf(parsed) ?? new LocalSimulatorSource(simulatorFactory), output, error)
                    .RunAsync(request, cancellation);
        });
        return command;
    }

    /// <summary>How many lanes carry a run.</summary>
    public static Option<int> NewLanesOption() => new("--lanes")
    {
        Description = $"Threads that carry the simulation, 1 to {RunOptions.LanesAtMost}; results do not depend on it",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value is >= 1 and <= RunOptions.LanesAtMost
            ? value
            : OptionText.Refuse<int>(result, $"a whole number from 1 to {RunOptions.LanesAtMost}"),
    };
}
