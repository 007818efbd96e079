using HmmSim.Cli;
using HmmSim.Nodes.Scenarios;

// The one place that decides which simulator the command line runs.
static ISimulator SimulatorFactory() => throw new NotSupportedException("this build has no simulator");

return await HmmSimCommand.RunAsync(args, SimulatorFactory, Console.Out, Console.Error).ConfigureAwait(false);
