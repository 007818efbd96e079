using System.Globalization;
using HmmSim.Explorer.Search;
using Spectre.Console;

namespace HmmSim.Cli;

/// <summary>
/// Shows how far a search is: one line that is rewritten on a terminal, a plain line every few seconds elsewhere.
/// </summary>
internal sealed class SearchDisplay(TextWriter writer, bool interactive)
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows the progress of <paramref name="run"/> until it ends.</summary>
    public async Task<T> ShowAsync<T>(string name, Func<Action<SearchProgress>, TimeSpan, Task<T>> run)
    {
        if (!interactive)
        {
            return await run(progress => writer.WriteLine($"{name}: {Line(progress)}"), PlainInterval).ConfigureAwait(false);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        return await console.Status()
            .StartAsync(Markup.Escape(name), context =>
                run(progress => context.Status = Markup.Escape($"{name}: {Line(progress)}"), TerminalInterval))
            .ConfigureAwait(false);
    }

    /// <summary>The line of a report.</summary>
    internal static string Line(SearchProgress progress)
    {
        string estimate = progress.EstimatedStates is { } states
            ? string.Create(CultureInfo.InvariantCulture, $"about {states:N0} in all") : "levels still grow";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.States:N0} states ({estimate}), {progress.StatesPerSecond:N0}/s, depth {progress.Depth}, frontier "
                + $"{progress.Frontier:N0}, {progress.StoreBytes >> 20:N0} MiB");
    }
}
