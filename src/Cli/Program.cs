using HmmSim.Cli;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;

// The one place that decides which simulator the command line runs.
static ISimulator SimulatorFactory() => new ActorSimulator();

return await HmmSimCommand.RunAsync(args, SimulatorFactory, Console.Out, Console.Error).ConfigureAwait(false);
