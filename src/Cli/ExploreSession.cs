using HmmSim.Explorer.Configurations;
using HmmSim.Races;
using HmmSim.Explorer.Explanations;
using HmmSim.Explorer.Explorations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Reports;
using HmmSim.Explorer.Schedules;
using HmmSim.Explorer.Search;

namespace HmmSim.Cli;

/// <summary>
/// One exploration from the file to the reports: load, explore, shrink, explain, replay, write; or the whole catalogue.
/// </summary>
internal sealed class ExploreSession(TextWriter output, TextWriter error)
{
    private readonly RacePrinter _printer = new(output);

    /// <summary>Explores and returns one of <see cref="ExitCode"/>.</summary>
    public async Task<int> RunAsync(ExploreRequest request, CancellationToken cancellation)
    {
        try
        {
            ModelRegistry models =
                request.Plugins.Aggregate(RaceModels.All, (known, plugin) => known.With(ModelPlugin.Load(plugin)));
            return request.File is { } file
                ? await ExploreAsync(RaceFileLoader.Load(file, models), models, request, cancellation).ConfigureAwait(false)
                : await RunCatalogueAsync(models, request, cancellation).ConfigureAwait(false);
        }
        catch (InputException exception)
        {
            return await FailAsync(exception.Message, ExitCode.BadInput).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is EngineException or ArgumentException or ReportFolderException)
        {
            return await FailAsync($"hmmsim: {request.File ?? request.Catalogue}: {exception.Message}", ExitCode.BadInput)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await FailAsync("hmmsim: stopped.", ExitCode.Cancelled).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return await FailAsync($"hmmsim: the exploration failed: {exception}", ExitCode.RunFailed).ConfigureAwait(false);
        }
    }

    private async Task<int> ExploreAsync(
        RaceFile race,
        ModelRegistry models,
        ExploreRequest request,
        CancellationToken cancellation)
    {
        ReportFolder folder = ReportFolder.Open(request.Folder ?? Path.Combine("results", $"race-{race.Name}"));
        ExplorationSettings settings = SettingsOf(race, request, cancellation);
        IModel model = models.Create(race.Configuration);
        ExplorationReport report = await ShowAsync(race.Name, settings, shown => Exploration.Run(model, shown))
            .ConfigureAwait(false);
        _printer.Print(race, settings, report);
        if (request.Checkpoint is { } kept && report.Verdict is Verdict.LimitReached or Verdict.Cancelled)
        {
            await output.WriteLineAsync($"Kept in {kept}; go on with --checkpoint {kept} --resume.").ConfigureAwait(false);
        }

        if (report.Counterexample is not { } run)
        {
            return report.Verdict == Verdict.Cancelled ? ExitCode.Cancelled : ExitCode.Ok;
        }

        ShrinkResult? shrunk = request.NoShrink
            ? null
            : await NewDisplay().ShowAsync(race.Name, (Action<ShrinkProgress> progress, TimeSpan interval) => Task.Run(
                () => Shrinker.Run(models, race.Configuration, run, new ShrinkOptions
                {
                    Cancellation = cancellation,
                    Progress = progress,
                    ProgressInterval = interval,
                }),
                CancellationToken.None)).ConfigureAwait(false);
        ModelConfiguration smallest = shrunk?.Configuration ?? race.Configuration;
        run = shrunk?.Run ?? run;
        IModel smallModel = models.Create(smallest);
        Explanation explanation = Explainer.Explain(smallModel, smallest, run, cancellation: cancellation);
        Schedule schedule = Schedule.Of(smallModel, smallest, run, EnumWord.Of(settings.Engine), settings.Seed,
            ProgramVersion.Current.Version);
        // What is written must work: the file's own text is read and replayed before anybody relies on it.
        ReplayResult replayed =
            ScheduleReplay.Run(ScheduleParser.Parse(ScheduleWriter.Write(schedule), RaceReport.ScheduleName), models);
        if (replayed.Outcome != ReplayOutcome.Reproduced)
        {
            throw new InvalidOperationException(
                $"the schedule does not replay: {replayed.Message}; the model is not deterministic");
        }

        string path = folder.Write(RaceReport.Files(explanation, schedule, $"HmmSim.Races.{nameof(RaceModels)}.{nameof(RaceModels.All)}"));
        _printer.Print(shrunk, explanation, schedule, path);
        return ExitCode.CheckFailed;
    }

    private async Task<int> RunCatalogueAsync(ModelRegistry models, ExploreRequest request, CancellationToken cancellation)
    {
        if (!Directory.Exists(request.Catalogue))
        {
            return await FailAsync($"hmmsim: {request.Catalogue}: there is no such folder (expected a folder of race files)",
                ExitCode.BadInput).ConfigureAwait(false);
        }

        string[] files = [.. Directory.EnumerateFiles(request.Catalogue, "*.yaml").Order(StringComparer.Ordinal)];
        RaceFile[] races = [.. files.Select(file => RaceFileLoader.Load(file, models))];
        List<RaceRun> runs = [];
        foreach (RaceFile race in races)
        {
            ExplorationSettings settings = SettingsOf(race, request, cancellation);
            RaceRun run = await ShowAsync(race.Name, settings, shown => RaceRun.Of(race, models, shown)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            runs.Add(run);
        }

        _printer.Print(runs);
        return runs.TrueForAll(run => run.Difference is null) ? ExitCode.Ok : ExitCode.CheckFailed;
    }

    private Task<T> ShowAsync<T>(string name, ExplorationSettings settings, Func<ExplorationSettings, T> explore) =>
        NewDisplay().ShowAsync(name, (Action<SearchProgress> progress, TimeSpan interval) => Task.Run(
            () => explore(settings with { Progress = progress, ProgressInterval = interval }), CancellationToken.None));

    private SearchDisplay NewDisplay() => new(error, interactive: error == Console.Error && !Console.IsErrorRedirected);

    private static ExplorationSettings SettingsOf(RaceFile race, ExploreRequest request, CancellationToken cancellation)
    {
        ExplorationSettings settings = race.Settings with
        {
            Engine = request.Engine ?? race.Settings.Engine,
            Seed = (ulong?)request.Seed ?? race.Settings.Seed,
            Workers = request.Workers ?? race.Settings.Workers,
            MaxStates = request.States ?? race.Settings.MaxStates,
            TimeLimit = request.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : race.Settings.TimeLimit,
            MaxBytes = request.MemoryMebibytes is { } mebibytes ? (long)mebibytes << 20 : race.Settings.MaxBytes,
            Cancellation = cancellation,
        };
        string identity = $"{race.Configuration} | engine {EnumWord.Of(settings.Engine)}, delays {settings.Delays}, "
            + $"{(settings.KeepGlobalProperties ? "global" : "local")} properties";
        return request.Checkpoint is { } file
            ? settings with { Checkpoint = new SearchCheckpoint(file, identity, request.Resume) } : settings;
    }

    private async Task<int> FailAsync(string message, int exitCode)
    {
        await error.WriteLineAsync(message).ConfigureAwait(false);
        return exitCode;
    }
}
