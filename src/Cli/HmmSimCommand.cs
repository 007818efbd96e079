using System.CommandLine;
using System.CommandLine.Parsing;
using HmmSim.Conformance.Systems;
using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol.Topology;

namespace HmmSim.Cli;

/// <summary>The command line: <c>hmmsim</c> and its commands.</summary>
public static class HmmSimCommand
{
    // Long enough for a run to reach the end of the step it is in, and for a member to leave its cluster.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">Arguments without the program's name.</param>
    /// <param name="simulatorFactory">Makes the simulator when a run begins.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where progress and errors go.</param>
    /// <param name="callSystems">Makes the systems that traces are replayed on; without it there is no <c>conform</c>.</param>
    /// <param name="cancellation">Stops a run as Ctrl+C does.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        string[] arguments,
        Func<ISimulator> simulatorFactory,
        TextWriter output,
        TextWriter error,
        Func<DeviceMemoryKind, ICallSystem>? callSystems = null,
        CancellationToken cancellation = default)
    {
        RootCommand root = new("HmmSim simulates heterogeneous memory management: who holds a page, and what it costs to move it.");
        root.Subcommands.Add(RunCommand.Create(arguments, simulatorFactory, output, error));
        if (callSystems is not null)
        {
            root.Subcommands.Add(ConformCommand.Create(callSystems, output, error));
        }

        root.Subcommands.Add(ExploreCommand.Create(output, error));
        root.Subcommands.Add(ReplayCommand.Create(output, error));
        root.Subcommands.Add(SweepCommand.Create(arguments, simulatorFactory, output, error));
        root.Subcommands.Add(NodeCommand.Create(output, error));
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError problem in parsed.Errors)
            {
                await error.WriteLineAsync($"hmmsim: {problem.Message}").ConfigureAwait(false);
            }

            string command = parsed.CommandResult.Command == root ? "hmmsim" : $"hmmsim {parsed.CommandResult.Command.Name}";
            await error.WriteLineAsync($"'{command} --help' shows what is possible.").ConfigureAwait(false);
            return ExitCode.BadInput;
        }

        InvocationConfiguration configuration = new()
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopTimeout,
        };
        return await parsed.InvokeAsync(configuration, cancellation).ConfigureAwait(false);
    }
}
