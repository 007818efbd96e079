using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Liveness;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Explanations;

/// <summary>
/// Makes a system that violates a property smaller: lower sizes, fewer actors, fewer operations, simpler operations, each kept
/// only if an exhaustive search still finds the same property violated; and at last takes the shortest run of what is left.
/// </summary>
public sealed class Shrinker
{
    private readonly ModelRegistry _models;
    private readonly ShrinkOptions _options;
    private readonly string _property;
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);
    private bool _isComplete = true;
    private int _searches;
    private long _states;
    private long _reported = Stopwatch.GetTimestamp();

    private Shrinker(ModelRegistry models, string property, ShrinkOptions options)
    {
        _models = models;
        _property = property;
        _options = options;
    }

    /// <summary>Shrinks the system of a run.</summary>
    /// <param name="models">The models.</param>
    /// <param name="configuration">The system.</param>
    /// <param name="run">A run of it that violates a property.</param>
    /// <param name="options">Limits.</param>
    public static ShrinkResult Run(
        ModelRegistry models,
        ModelConfiguration configuration,
        Counterexample run,
        ShrinkOptions options) =>
        new Shrinker(models, run.PropertyName, options).Run(models.Complete(configuration), run);

    private ShrinkResult Run(ModelConfiguration configuration, Counterexample run)
    {
        ModelConfiguration smallest = configuration;
        try
        {
            ModelConfiguration before;
            do
            {
                before = smallest;
                smallest = WithSmallerSizes(smallest);
                smallest = WithFewerActors(smallest);
                smallest = WithFewerOperations(smallest);
                smallest = WithSimplerOperations(smallest);
            }
            while (smallest != before);
        }
        catch (OperationCanceledException) when (_options.Cancellation.IsCancellationRequested)
        {
            _isComplete = false;
        }

        Counterexample? shortest = Search(smallest, CancellationToken.None);
        return new ShrinkResult(smallest, shortest ?? run, _isComplete && shortest is not null, _searches);
    }

    private ModelConfiguration WithSmallerSizes(ModelConfiguration configuration)
    {
        foreach (ModelParameter parameter in _models.FamilyOf(configuration).Parameters.Where(parameter => parameter.IsSize))
        {
            for (int size = parameter.Minimum; size < configuration.Number(parameter.Name); size++)
            {
                ModelConfiguration candidate = configuration.With(parameter.Name, size.ToString(CultureInfo.InvariantCulture));
                configuration = Fails(candidate) ? candidate : configuration;
            }
        }

        return configuration;
    }

    private ModelConfiguration WithFewerActors(ModelConfiguration configuration) =>
        With(configuration, DeltaDebugging.Minimize(configuration.Scripts, scripts => Fails(With(configuration, scripts))));

    private ModelConfiguration WithFewerOperations(ModelConfiguration configuration)
    {
        ImmutableArray<(int Actor, string Operation)> operations =
            [.. configuration.Scripts.SelectMany((script, actor) => script.Operations.Select(operation => (actor, operation)))];
        return Assemble(DeltaDebugging.Minimize(operations, candidate => Fails(Assemble(candidate))));

        ModelConfiguration Assemble(ImmutableArray<(int Actor, string Operation)> kept) => With(
            configuration,
            [.. configuration.Scripts.Select((script, actor) =>
                script with { Operations = [.. kept.Where(item => item.Actor == actor).Select(item => item.Operation)] })]);
    }

    private ModelConfiguration WithSimplerOperations(ModelConfiguration configuration)
    {
        IModelFamily family = _models.FamilyOf(configuration);
        for (int actor = 0; actor < configuration.Scripts.Length; actor++)
        {
            for (int position = 0; position < configuration.Scripts[actor].Operations.Length; position++)
            {
                ActorScript script = configuration.Scripts[actor];
                ModelConfiguration here = configuration;
                int place = actor;
                int operation = position;
                ModelConfiguration? simpler = family.SimplerOperations(script.Operations[position])
                    .Select(text => With(here,
                        here.Scripts.SetItem(place, script with { Operations = script.Operations.SetItem(operation, text) })))
                    .FirstOrDefault(Fails);
                configuration = simpler ?? configuration;
            }
        }

        return configuration;
    }

    private ModelConfiguration With(ModelConfiguration configuration, ImmutableArray<ActorScript> scripts) =>
        _models.FamilyOf(configuration).Normalize(configuration with { Scripts = scripts });

    private bool Fails(ModelConfiguration candidate)
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        string key = candidate.ToString();
        if (!_known.TryGetValue(key, out bool fails))
        {
            fails = Search(candidate, _options.Cancellation) is not null;
            _known[key] = fails;
        }

        return fails;
    }

    private Counterexample? Search(ModelConfiguration candidate, CancellationToken cancellation)
    {
        IModel model;
        try
        {
            model = _models.Create(candidate);
        }
        catch (ConfigurationException)
        {
            return null;
        }

        Report(candidate);
        _searches++;
        if (model is IResponseModel response && response.Responses.Contains(_property))
        {
            ResponseResult found = ResponseSearch.Run(response, _options.MaxStates, cancellation);
            _states += found.States;
            return Judge(found.Outcome, found.Lasso?.PropertyName == _property ? found.Lasso : null, cancellation);
        }

        int property = model.Properties.ToList().IndexOf(_property);
        SearchResult result = BreadthFirstSearch.Run(
            (IModel)new FocusedModel(model, property),
            new SearchOptions { MaxStates = _options.MaxStates, Cancellation = cancellation });
        _states += result.States;
        Counterexample? run = result.Counterexample;
        return Judge(result.Outcome, run is null
            ? null
            : Counterexample.Replay(model, run.InitialState, run.Transitions, run.IsTerminal), cancellation);
    }

    private void Report(ModelConfiguration candidate)
    {
        if (_options.Progress is { } progress && Stopwatch.GetElapsedTime(_reported) >= _options.ProgressInterval)
        {
            _reported = Stopwatch.GetTimestamp();
            progress(new ShrinkProgress(_searches, candidate.OperationCount, _states));
        }
    }

    private Counterexample? Judge(SearchOutcome outcome, Counterexample? run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _isComplete &= outcome is SearchOutcome.Exhausted or SearchOutcome.Violated;
        return run;
    }
}
