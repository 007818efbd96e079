using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Liveness;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Search;
using HmmSim.Explorer.Symmetry;

namespace HmmSim.Explorer.Explorations;

/// <summary>Explores any model with any engine that can.</summary>
public static class Exploration
{
    /// <summary>Explores a model.</summary>
    /// <exception cref="EngineException">The model does not tell what the engine needs.</exception>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public static ExplorationReport Run(IModel model, ExplorationSettings settings)
    {
        if (settings.Checkpoint is not null && settings.Engine > EngineKind.DelayBounded)
        {
            throw new EngineException(
                $"the engine {EnumWord.Of(settings.Engine)} keeps no store that a later exploration could go on with");
        }

        if (settings is { Checkpoint: not null, Engine: EngineKind.DelayBounded } && model is IContentModel)
        {
            throw new EngineException($"the engine {EnumWord.Of(settings.Engine)} cannot keep the contents of this model in a file");
        }

        return settings.Engine switch
        {
            EngineKind.BreadthFirst => Of(BreadthFirstSearch.Run(model, settings.SearchOptions)),
            EngineKind.Symmetric => Of(SymmetricSearch.Run(Need<ISymmetricModel>(model, settings), settings.SearchOptions)),
            EngineKind.Ample => Of(
                AmpleSearch.Run(Need<IReducibleModel>(model, settings), WithExactStore(settings), settings.KeepGlobalProperties)),
            EngineKind.SymmetricAmple => Of(AmpleSearch.RunSymmetric(
                Need<IReducibleModel>(model, settings),
                Need<ISymmetricModel>(model, settings),
                WithExactStore(settings),
                settings.KeepGlobalProperties)),
            EngineKind.DelayBounded => Of(DelayBounded.Run(model, settings.Delays, settings.SearchOptions)),
            EngineKind.SourceDpor => OfTraces(Need<IActorModel>(model, settings), settings),
            EngineKind.Responses => OfResponses(Need<IResponseModel>(model, settings), settings),
            EngineKind.RandomWalk => OfRuns(model, settings, SamplingStrategy.RandomWalk, settings.BugDepth),
            EngineKind.PriorityChanges => OfRuns(model, settings, SamplingStrategy.PriorityChanges, settings.BugDepth),
            EngineKind.PartialOrder =>
                OfRuns(Need<IActorModel>(model, settings), settings, SamplingStrategy.PartialOrder, settings.BugDepth),
            EngineKind.RandomDelays => OfRuns(model, settings, SamplingStrategy.RandomDelays, settings.Delays + 1),
            EngineKind.Swarm => OfSwarm(model, settings),
        };
    }

    private static T Need<T>(IModel model, ExplorationSettings settings)
        where T : class, IModel => model as T
            ?? throw new EngineException(
                $"the engine {EnumWord.Of(settings.Engine)} needs a model that is an {typeof(T).Name}; "
                + $"{EnumWord.Of(EngineKind.BreadthFirst)} needs nothing");

    private static SearchOptions WithExactStore(ExplorationSettings settings) => settings.Store == StoreKind.Exact
        ? settings.SearchOptions
        : throw new EngineException($"the engine {EnumWord.Of(settings.Engine)} needs the exact store");

    private static ExplorationReport Of(SearchResult result)
    {
        (Verdict verdict, string ending) = Judge(result.Outcome);
        ExplorationFigure[] figures =
        [
            new("states", result.States),
            new("transitions", result.Transitions),
            new("depth", result.Depth),
            new("terminal states", result.TerminalStates),
            new("store bytes", result.StoreBytes),
        ];
        return new ExplorationReport(verdict, ending, figures, result.Counterexample);
    }

    private static ExplorationReport OfTraces(IActorModel model, ExplorationSettings settings)
    {
        using Deadline deadline = new(settings);
        SourceDporResult result = Checked(settings, () =>
            SourceDpor.Run(model, new SourceDporOptions { MaxRuns = settings.Runs, Cancellation = deadline.Token }));
        (Verdict verdict, string ending) = Judge(result.Outcome, deadline);
        ExplorationFigure[] figures =
        [
            new("runs", result.Runs),
            new("blocked runs", result.BlockedRuns),
            new("transitions", result.Events),
            new("terminal states", result.TerminalStates),
        ];
        return new ExplorationReport(verdict, ending, figures, result.Counterexample);
    }

    private static ExplorationReport OfResponses(IResponseModel model, ExplorationSettings settings)
    {
        using Deadline deadline = new(settings);
        ResponseResult result = ResponseSearch.Run(model, settings.MaxStates, deadline.Token);
        (Verdict verdict, string ending) = result.Outcome == SearchOutcome.Cancelled
            ? Judge(RunOutcome.Cancelled, deadline)
            : Judge(result.Outcome);
        return new ExplorationReport(verdict, ending, [new("states", result.States), new("transitions", result.Transitions)],
            result.Lasso);
    }

    private static ExplorationReport OfRuns(IModel model, ExplorationSettings settings, SamplingStrategy strategy, int depth)
    {
        using Deadline deadline = new(settings);
        RunSamplerResult result = RunSampler.Run(model, new RunSamplerOptions
        {
            Strategy = strategy,
            Seed = settings.Seed,
            Runs = settings.Runs,
            MaxSteps = settings.MaxSteps,
            BugDepth = depth,
            Cancellation = deadline.Token,
        });
        return Of(result, deadline, []);
    }

    private static ExplorationReport OfSwarm(IModel model, ExplorationSettings settings)
    {
        using Deadline deadline = new(settings);
        const int Members = 32;
        SwarmResult result = Swarm.Run(model, new SwarmOptions
        {
            Members = Members,
            RunsPerMember = Math.Max(1, settings.Runs / Members),
            Seed = settings.Seed,
            MaxSteps = settings.MaxSteps,
            Workers = settings.Workers,
            Cancellation = deadline.Token,
        });
        return Of(result.Sampling, deadline, result.Finder is { } finder ? [new("finder", finder.Number)] : []);
    }

    private static ExplorationReport Of(RunSamplerResult result, Deadline deadline, ExplorationFigure[] more)
    {
        (Verdict verdict, string ending) = Judge(result.Outcome, deadline);
        verdict = result.Outcome == RunOutcome.RunLimit ? Verdict.NothingFound : verdict;
        ExplorationFigure[] figures =
        [
            new("runs", result.Runs),
            new("broken-off runs", result.BrokenOffRuns),
            new("transitions", result.Steps),
            new("longest run", result.LongestRun),
            .. more,
        ];
        return new ExplorationReport(verdict, ending, figures, result.Counterexample);
    }

    private static T Checked<T>(ExplorationSettings settings, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (ArgumentException exception) when (exception.ParamName == "model")
        {
            throw new EngineException(
                $"the engine {EnumWord.Of(settings.Engine)} cannot explore this model: "
                    + $"{exception.Message.Split(" (Parameter", 2)[0]}");
        }
    }

    private static (Verdict Verdict, string Ending) Judge(SearchOutcome outcome) => outcome switch
    {
        SearchOutcome.Exhausted => (Verdict.Holds, "all states visited"),
        SearchOutcome.Violated => (Verdict.Violated, "a property is violated"),
        SearchOutcome.StateLimit => (Verdict.LimitReached, "limit of states"),
        SearchOutcome.MemoryLimit => (Verdict.LimitReached, "limit of memory"),
        SearchOutcome.TimeLimit => (Verdict.LimitReached, "limit of time"),
        SearchOutcome.Cancelled => (Verdict.Cancelled, "stopped"),
    };

    private static (Verdict Verdict, string Ending) Judge(RunOutcome outcome, Deadline deadline) => outcome switch
    {
        RunOutcome.Exhausted => (Verdict.Holds, "all traces covered"),
        RunOutcome.Violated => (Verdict.Violated, "a property is violated"),
        RunOutcome.RunLimit => (Verdict.LimitReached, "all runs made"),
        RunOutcome.StepLimit => (Verdict.LimitReached, "limit of steps"),
        RunOutcome.Cancelled => deadline.IsOver ? (Verdict.LimitReached, "limit of time") : (Verdict.Cancelled, "stopped"),
    };
}
