namespace HmmSim.Nodes.Lanes;

/// <summary>
/// The meeting of the members of a distributed run: each hands in how far it is and what it has sent to the others, waits for
/// all of them, and learns how far it may go. Every member meets the others in the same rounds.
/// </summary>
internal interface IWindowExchange
{
    /// <summary>How many members there are.</summary>
    int Members { get; }

    /// <summary>Tells what must be waited for.</summary>
    IExposure Exposure { get; }

    /// <summary>Holds one meeting.</summary>
    /// <param name="own">This member's vote: its earliest event or advance, without what it has sent to the others.</param>
    /// <param name="exposedPicoseconds">The earliest event or advance of this member that can reach another one.</param>
    /// <param name="sent">What its lanes have sent since the last meeting, one list of outboxes for each lane, by member.</param>
    /// <param name="deliver">Takes in what the others have sent: node, message.</param>
    /// <returns>What all have agreed on.</returns>
    /// <exception cref="OperationCanceledException">The run was given up.</exception>
    /// <exception cref="TimeoutException">A member has not come.</exception>
    MemberAgreement Meet(in WindowVote own, long exposedPicoseconds, IReadOnlyList<MemberOutbox[]> sent, Action<int, Protocol.Messages.TimedMessage> deliver);
}
