namespace HmmSim.Races.Models;

/// <summary>What one machine makes of one input in one state: worked out once by the machine itself, then remembered.</summary>
/// <param name="Next">Word of the machine's next state.</param>
/// <param name="Sent">Messages by queue of the outbox; -1 for a timer.</param>
/// <param name="Events">What its threads are told.</param>
/// <param name="Violation">Position of the property that the step violates, or -1.</param>
/// <param name="Problem">What went wrong, for people; null if nothing.</param>
internal sealed record MachineStep(
    ulong Next, IReadOnlyList<(int Queue, ulong Message)> Sent, IReadOnlyList<ThreadEvent> Events, int Violation, string? Problem)
{
    /// <summary>Two steps are the same if they are one: it is worked out once.</summary>
    public bool Equals(MachineStep? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
