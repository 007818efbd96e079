using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Liveness;

/// <summary>
/// Checks the response properties of a model: looks in the graph of all states for a fair run that asks for something and is
/// never given it.
/// </summary>
/// <remarks>
/// <para>Candidates are strongly connected components among the states that can be reached from one that asks without passing one
/// that gives. A component in which a weak condition is enabled throughout and never taken holds no fair run. From one in which a
/// strong condition is enabled somewhere and never taken the states that enable it are removed, and the rest is split again
/// (Streett; Lichtenstein, Pnueli 1985). What remains holds a fair run. A state without transitions, in which the asking stays
/// open forever, is one too.</para>
/// <para>The graph must be the full one: symmetry and partial-order reduction do not keep these properties.</para>
/// </remarks>
public static class ResponseSearch
{
    /// <summary>Checks all response properties in their order.</summary>
    /// <param name="model">The model.</param>
    /// <param name="maxStates">Gives up above this number of states; 1 to 2^30.</param>
    /// <param name="cancellation">Ends the search early.</param>
    public static ResponseResult Run(IResponseModel model, long maxStates = 10_000_000, CancellationToken cancellation = default)
    {
        try
        {
            return StateGraph.Build(model, maxStates, isEnd: null, cancellation) is not { } graph
                ? new ResponseResult { Outcome = SearchOutcome.StateLimit, States = 0, Transitions = 0, Lasso = null }
                : Check(model, graph);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new ResponseResult { Outcome = SearchOutcome.Cancelled, States = 0, Transitions = 0, Lasso = null };
        }
    }

    /// <summary>A run that never ends as a counterexample.</summary>
    internal static Counterexample LassoOf(
        IReadOnlyList<ulong[]> states,
        IReadOnlyList<int> transitions,
        int initialState,
        int loopStart,
        string property) => new()
    {
        Property = ModelProperty.None,
        PropertyName = property,
        IsTerminal = false,
        InitialState = initialState,
        LoopStart = loopStart,
        Transitions = transitions,
        States = states,
    };

    private static ResponseResult Check(IResponseModel model, StateGraph graph)
    {
        Counterexample? lasso = null;
        for (int response = 0; response < model.Responses.Count && lasso is null; response++)
        {
            lasso = new LassoBuilder(model, graph, response).Find();
        }

        return new ResponseResult
        {
            Outcome = lasso is null ? SearchOutcome.Exhausted : SearchOutcome.Violated,
            States = graph.Count,
            Transitions = graph.EdgeCount,
            Lasso = lasso,
        };
    }
}
