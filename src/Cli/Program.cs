using HmmSim.Cli;
using HmmSim.Conformance.Systems;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;

// The one place that decides which simulator the command line runs.
static ISimulator SimulatorFactory() => new ActorSimulator();

return await HmmSimCommand.RunAsync(args, SimulatorFactory, Console.Out, Console.Error, kind => new PureSystem(kind)).ConfigureAwait(false);
