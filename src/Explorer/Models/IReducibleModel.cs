namespace HmmSim.Explorer.Models;

/// <summary>An actor model that tells the single-producer rule what it needs; see <c>Search.AmpleSearch</c>.</summary>
public interface IReducibleModel : IActorModel
{
    /// <summary>
    /// Whether every run of the model ends, as one whose actors have finite scripts and never try again does. When in doubt,
    /// false.
    /// </summary>
    bool EveryRunEnds { get; }

    /// <summary>
    /// Whether a process that is disabled stays so until its own actor has taken a step: a script that waits for an answer or is
    /// over, a channel that is empty and whose producer cannot send before this actor does something. When in doubt, false.
    /// </summary>
    bool WaitsForItsActor(ReadOnlySpan<ulong> state, int transition);

    /// <summary>
    /// Whether a transition enabled in a state may change the verdict of a property that looks at several actors at one instant.
    /// When in doubt, true.
    /// </summary>
    bool IsVisible(ReadOnlySpan<ulong> state, int transition);
}
