using System.Globalization;
using HmmSim.Explorer.Explanations;
using HmmSim.Explorer.Search;
using Spectre.Console;

namespace HmmSim.Cli;

/// <summary>
/// Shows how far a search or a shrinking is: one line that is rewritten on a terminal, a plain line every few seconds elsewhere.
/// </summary>
internal sealed class SearchDisplay(TextWriter writer, bool interactive)
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows the progress of <paramref name="run"/> until it ends.</summary>
    public Task<T> ShowAsync<T>(string name, Func<Action<SearchProgress>, TimeSpan, Task<T>> run) =>
        ShowLinesAsync(name, (show, interval) => run(progress => show(Line(progress)), interval));

    /// <inheritdoc cref="ShowAsync{T}(string, Func{Action{SearchProgress}, TimeSpan, Task{T}})"/>
    public Task<T> ShowAsync<T>(string name, Func<Action<ShrinkProgress>, TimeSpan, Task<T>> run) =>
        ShowLinesAsync(name, (show, interval) => run(progress => show(Line(progress)), interval));

    private async Task<T> ShowLinesAsync<T>(string name, Func<Action<string>, TimeSpan, Task<T>> run)
    {
        if (!interactive)
        {
            return await run(line => writer.WriteLine($"{name}: {line}"), PlainInterval).ConfigureAwait(false);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        return await console.Status()
            .StartAsync(Markup.Escape(name), context =>
                run(line => context.Status = Markup.Escape($"{name}: {line}"), TerminalInterval))
            .ConfigureAwait(false);
    }

    private static string Line(ShrinkProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"shrinking, {progress.Searches:N0} searches of {progress.States:N0} states, now {progress.Operations} operations");

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
