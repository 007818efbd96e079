using HmmSim.Explorer.Models;
using HmmSim.Explorer.Symmetry;

namespace HmmSim.Explorer.Search;

/// <summary>
/// Breadth-first search with ample sets (Peled 1993) by the single-producer rule: where one actor's next step cannot be
/// influenced by the others, only that step is explored. Reaches all terminal states and all local states of every actor, in
/// fewer states.
/// </summary>
/// <remarks>
/// <para>If a chosen step leads to a state of this or an earlier level, the state is expanded in full, so that no step is put off
/// forever; not so in models whose runs all end.</para>
/// <para>A counterexample is a run of the model. It is as short as any run in the reduced graph, and may be longer than the
/// shortest of all.</para>
/// <para>Needs <see cref="StoreKind.Exact"/>. Sound only if transitions of different actors are independent, see <see
/// cref="IndependenceAudit"/>.</para>
/// </remarks>
public static class AmpleSearch
{
    /// <summary>Searches a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">As for <see cref="BreadthFirstSearch"/>.</param>
    /// <param name="keepGlobalProperties">
    /// True: no step that is visible to a property of several actors is chosen alone, so that all verdicts are those of the full
    /// search. False: fewer states, and only properties of one actor and of terminal states are kept.
    /// </param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static SearchResult Run(IReducibleModel model, SearchOptions options, bool keepGlobalProperties = true) =>
        BreadthFirstSearch.Run((IModel)model, Checked(options), new AmpleSets(model, keepGlobalProperties));

    /// <summary>Searches the quotient of a model by its symmetry with ample sets. Both arguments are the same model.</summary>
    /// <inheritdoc cref="Run"/>
    public static SearchResult RunSymmetric(
        IReducibleModel model,
        ISymmetricModel symmetric,
        SearchOptions options,
        bool keepGlobalProperties = true) =>
        SymmetricSearch.Run(symmetric, Checked(options), new AmpleSets(model, keepGlobalProperties));

    private static SearchOptions Checked(SearchOptions options) => options.Store == StoreKind.Exact
        ? options
        : throw new ArgumentException("ample sets need the exact store, which knows in which level a state was reached",
            nameof(options));
}
