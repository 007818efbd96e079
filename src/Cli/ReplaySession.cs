using HmmSim.Explorer.Configurations;
using HmmSim.Races;
using HmmSim.Races.Replay;
using HmmSim.Explorer.Explanations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Reports;
using HmmSim.Explorer.Schedules;

namespace HmmSim.Cli;

/// <summary>One replay: load the schedule, make its run again, say whether it is the same.</summary>
internal sealed class ReplaySession(TextWriter output, TextWriter error)
{
    /// <summary>Replays and returns one of <see cref="ExitCode"/>.</summary>
    public async Task<int> RunAsync(string file, IReadOnlyList<string> plugins, CancellationToken cancellation)
    {
        try
        {
            ModelRegistry models =
                plugins.Aggregate(RaceModels.All, (known, plugin) => known.With(ModelPlugin.Load(plugin)));
            Schedule schedule = ScheduleParser.Load(file);
            IModel model = models.Create(schedule.Configuration);
            ReplayResult result = ScheduleReplay.Run(schedule, model);
            if (result.Run is { } run)
            {
                Explanation explanation =
                    Explainer.Explain(model, models.Complete(schedule.Configuration), run, cancellation: cancellation);
                await output.WriteAsync(TextReport.Write(explanation, schedule)).ConfigureAwait(false);
                await output.WriteLineAsync().ConfigureAwait(false);
            }

            await ShowAsync("Replay", result).ConfigureAwait(false);
            if (result.Outcome != ReplayOutcome.Diverged && ActorReplay.CanReplay(model))
            {
                ReplayResult onActors = ActorReplay.Run(schedule, model);
                await ShowAsync("Replay on the actors", onActors).ConfigureAwait(false);
                result = onActors.Outcome == ReplayOutcome.Diverged ? onActors : result;
            }

            return result.Outcome switch
            {
                ReplayOutcome.Reproduced => ExitCode.CheckFailed,
                ReplayOutcome.NotViolated => ExitCode.Ok,
                ReplayOutcome.Diverged => ExitCode.RunFailed,
            };
        }
        catch (InputException exception)
        {
            return await FailAsync(exception.Message, ExitCode.BadInput).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ConfigurationException or ArgumentException)
        {
            return await FailAsync($"hmmsim: {file}: {exception.Message}", ExitCode.BadInput).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return await FailAsync($"hmmsim: the replay of {file} failed: {exception}", ExitCode.RunFailed).ConfigureAwait(false);
        }
    }

    private async Task ShowAsync(string what, ReplayResult result)
    {
        await output.WriteLineAsync($"{what}: {result.Message}.").ConfigureAwait(false);
        foreach (string line in result.Differences)
        {
            await output.WriteLineAsync($"  recorded -> met: {line}").ConfigureAwait(false);
        }
    }

    private async Task<int> FailAsync(string message, int exitCode)
    {
        await error.WriteLineAsync(message).ConfigureAwait(false);
        return exitCode;
    }
}
