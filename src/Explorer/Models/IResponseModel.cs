namespace HmmSim.Explorer.Models;

/// <summary>
/// A model with response properties: every state in which something is asked for leads to a state in which it has been given, in
/// every run that is fair.
/// </summary>
public interface IResponseModel : IModel
{
    /// <summary>Names of the response properties.</summary>
    IReadOnlyList<string> Responses { get; }

    /// <summary>Number of fairness conditions.</summary>
    int FairnessCount { get; }

    /// <summary>Whether a state asks for what a response property promises.</summary>
    bool IsAsked(ReadOnlySpan<ulong> state, int response);

    /// <summary>Whether a state gives what a response property promises.</summary>
    bool IsGiven(ReadOnlySpan<ulong> state, int response);

    /// <summary>
    /// The fairness condition that a transition belongs to, 0 to <see cref="FairnessCount"/> - 1; -1 if nothing is promised about
    /// it.
    /// </summary>
    int FairnessOf(int transition);

    /// <summary>
    /// How much a fairness condition promises. A condition is enabled in a state if one of its transitions is.
    /// </summary>
    Fairness FairnessKind(int condition);
}
