namespace HmmSim.Explorer.Models;

/// <summary>
/// A model of actors that exchange messages over first-in-first-out channels. Each transition number is a process: a channel,
/// whose transition delivers its oldest message to one fixed actor, or an actor's own script, whose transition is the next
/// operation. Transitions of different actors are independent: in any state that enables both, neither disables the other and
/// both orders lead to the same state.
/// </summary>
/// <remarks>
/// That holds if a transition changes its actor's variables, removes from its own channel and appends to channels of which the
/// actor is the only producer, and nothing else: no bounded channel, no counter that all share, no global ghost variable.
/// <c>Models.IndependenceAudit</c> checks it.
/// </remarks>
public interface IActorModel : IModel
{
    /// <summary>Number of actors.</summary>
    int ActorCount { get; }

    /// <summary>The actor, 0 to <see cref="ActorCount"/> - 1, whose variables a transition reads and writes.</summary>
    int ActorOf(int transition);

    /// <summary>
    /// Number of steps that are ready for a transition's process: messages in its channel, or 1 for a script whose next operation
    /// may start and 0 for one that is over or waits. The transition is enabled if and only if this is above 0.
    /// </summary>
    int PendingCount(ReadOnlySpan<ulong> state, int transition);
}
