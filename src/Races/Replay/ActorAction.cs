using HmmSim.Races.Worlds;

namespace HmmSim.Races.Replay;

/// <summary>One step of a run on the real actors.</summary>
internal sealed record ActorAction
{
    private ActorAction()
    {
    }

    /// <summary>The machine that sends, or beside which a processor accesses memory.</summary>
    public int Machine { get; private init; }

    /// <summary>Word of the message; 0 for an access.</summary>
    public ulong Message { get; private init; }

    /// <summary>Whether the message is sent now, by a process of the home.</summary>
    public bool IsSent { get; private init; }

    /// <summary>Whether the message is handled now.</summary>
    public bool IsDelivered { get; private init; }

    /// <summary>The processor.</summary>
    public int Thread { get; private init; }

    /// <summary>Its access, or null.</summary>
    public Operation? Operation { get; private init; }

    /// <summary>A message that is on its way is handled.</summary>
    public static ActorAction Delivery(int sender, ulong message) => new() { Machine = sender, Message = message, IsDelivered = true };

    /// <summary>A process calls: its home, which handles the call at once, or a driver.</summary>
    public static ActorAction Call(ulong message, bool isForHome) => new() { Message = message, IsSent = true, IsDelivered = isForHome };

    /// <summary>A processor accesses a page.</summary>
    public static ActorAction Access(int machine, int thread, Operation operation) => new() { Machine = machine, Thread = thread, Operation = operation };
}
