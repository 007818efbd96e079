using System.Diagnostics;
using System.Globalization;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;
using Spectre.Console;

namespace HmmSim.Cli;

/// <summary>Shows how far a run is: one line that is rewritten on a terminal, a plain line every few seconds elsewhere.</summary>
internal sealed class ProgressDisplay(TextWriter writer, bool interactive)
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Shows the progress of <paramref name="run"/> until it ends.</summary>
    public async Task<T> ShowAsync<T>(string name, Func<IProgress<RunProgress>, Task<T>> run)
    {
        if (!interactive)
        {
            return await run(new Throttled(PlainInterval, line => writer.WriteLine($"{name}: {line}"))).ConfigureAwait(false);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        return await console.Status()
            .StartAsync(name, context => run(new Throttled(TerminalInterval, line => context.Status = Markup.Escape($"{name}: {line}"))))
            .ConfigureAwait(false);
    }

    /// <summary>Passes on at most one report in each interval; reports may come from any thread.</summary>
    private sealed class Throttled(TimeSpan interval, Action<string> show) : IProgress<RunProgress>
    {
        private readonly Lock _lock = new();
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _last;

        public void Report(RunProgress value)
        {
            lock (_lock)
            {
                TimeSpan now = _clock.Elapsed;
                if (now - _last < interval)
                {
                    return;
                }

                _last = now;
                string time = DurationText.ToDisplayString(new(value.VirtualTime.Picoseconds));
                double rate = value.Accesses / now.TotalSeconds;
                show(string.Create(
                    CultureInfo.InvariantCulture,
                    $"virtual time {time}, {value.Accesses:N0} accesses, {value.Steps:N0} steps, {rate:N0} accesses/s"));
            }
        }
    }
}
