using System.Diagnostics;
using Spectre.Console;

namespace HmmSim.Cli;

/// <summary>Shows how far a run is: one line that is rewritten on a terminal, a plain line every few seconds elsewhere.</summary>
internal sealed class ProgressDisplay(TextWriter writer, bool interactive)
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Shows the progress of <paramref name="run"/> until it ends, as <paramref name="describe"/> puts it into words.
    /// </summary>
    public async Task<T> ShowAsync<T, TProgress>(
        string name, Func<TProgress, TimeSpan, string> describe, Func<IProgress<TProgress>, Task<T>> run)
    {
        if (!interactive)
        {
            return await run(new Throttled<TProgress>(PlainInterval, describe, line =>
                writer.WriteLine($"{name}: {line}"))).ConfigureAwait(false);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        return await console.Status()
            .StartAsync(name, context => run(new Throttled<TProgress>(
                TerminalInterval, describe, line => context.Status = Markup.Escape($"{name}: {line}"))))
            .ConfigureAwait(false);
    }

    /// <summary>Passes on at most one report in each interval; reports may come from any thread.</summary>
    private sealed class Throttled<TProgress>(TimeSpan interval, Func<TProgress, TimeSpan, string> describe, Action<string> show)
        : IProgress<TProgress>
    {
        private readonly Lock _lock = new();
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _last;

        public void Report(TProgress value)
        {
            lock (_lock)
            {
                TimeSpan now = _clock.Elapsed;
                if (now - _last < interval)
                {
                    return;
                }

                _last = now;
                show(describe(value, now));
            }
        }
    }
}
