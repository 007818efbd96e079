using HmmSim.Explorer.Models;
using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Search;

/// <summary>
/// Visits all reachable states of a model, level by level, so that the first violation found is at the end of a shortest run.
/// </summary>
/// <remarks>
/// <para>States are found in an order that depends on the threads, but levels are sets and do not; a level with a violation is
/// completed, so counts and verdicts are the same for any number of threads. The counterexample is the one that a single thread
/// finds: ways back are kept only by a search with one thread and an exact store, any other one that finds a violation searches a
/// second time, to the depth of the violation, with one thread and ways back.</para>
/// <para>Among violations at the same least depth, the first state in the order of discovery by one thread is reported.</para>
/// </remarks>
public static class BreadthFirstSearch
{
    /// <summary>Searches with the options' default.</summary>
    public static SearchResult Run<TModel>(TModel model)
        where TModel : IModel => Run(model, new SearchOptions());

    /// <summary>Searches until all states are visited, a violation is found or a limit is met.</summary>
    /// <exception cref="ArgumentException">The model's shape (see <see cref="IModel"/>) or an option is outside its
    /// range.</exception>
    /// <exception cref="InvalidOperationException">The model is not deterministic.</exception>
    public static SearchResult Run<TModel>(TModel model, SearchOptions options)
        where TModel : IModel => Run(model, options, ample: null);

    internal static SearchResult Run<TModel>(TModel model, SearchOptions options, AmpleSets? ample)
        where TModel : IModel
    {
        options.Validate();
        ValidateShape(model);
        bool withLinks = options is { Workers: 1, Store: StoreKind.Exact };
        SearchPass<TModel> pass = new(model, options, withLinks, ample);
        SearchOutcome outcome = pass.Run();
        if (options.Checkpoint is { Resume: true } checkpoint && outcome is SearchOutcome.Exhausted or SearchOutcome.Violated)
        {
            File.Delete(checkpoint.File);
        }

        return new SearchResult
        {
            Outcome = outcome,
            LevelSizes = [.. pass.LevelSizes],
            Transitions = pass.Transitions,
            TerminalStates = pass.TerminalStates,
            Counterexample = outcome != SearchOutcome.Violated ? null : pass.HasLinks
                ? pass.WayToViolation()
                : SecondSearch(model, options, ample).WayToViolation(),
            StoreBytes = pass.PeakBytes,
            ExpectedOmissions = options.Store == StoreKind.Compact ? CompactStore.ExpectedOmissions(pass.LevelSizes.Sum()) : 0,
        };
    }

    private static SearchPass<TModel> SecondSearch<TModel>(TModel model, SearchOptions options, AmpleSets? ample)
        where TModel : IModel
    {
        SearchPass<TModel> second = new(model, new SearchOptions { Store = options.Store }, withLinks: true, ample);
        SearchOutcome outcome = second.Run();
        return outcome == SearchOutcome.Violated
            ? second
            : throw new InvalidOperationException(
                $"a second search of the same model ended with {outcome} instead of a violation; the model is not deterministic");
    }

    private static void ValidateShape<TModel>(TModel model)
        where TModel : IModel
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(model.StateWords, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(model.InitialStateCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(model.MaxEnabled, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(model.TransitionCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(model.TransitionCount, 1 << 16);
    }
}
