using HmmSim.Nodes.Observation;

namespace HmmSim.Nodes.Scenarios;

/// <summary>One run after the other with one simulator.</summary>
public sealed class SequentialSweeper(ISimulator simulator) : ISweeper
{
    /// <inheritdoc/>
    public Task SweepAsync(
        IReadOnlyList<Func<Scenario>> scenarios, RunOptions options, Action<int, RunReport> finished, CancellationToken cancellation) => Task.Run(
        () =>
        {
            for (int number = 0; number < scenarios.Count; number++)
            {
                finished(number, simulator.Run(scenarios[number](), options, new Silent(), cancellation));
            }
        },
        CancellationToken.None);

    private sealed class Silent : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
        }
    }
}
