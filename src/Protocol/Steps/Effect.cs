using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol.Steps;

/// <summary>One effect of a step, as a value: the interpreter (actor, explorer, test) carries it out.</summary>
public readonly struct Effect
{
    /// <summary>Which effect; the fields below are used as its documentation says.</summary>
    public required EffectKind Kind { get; init; }

    /// <summary>For a note: what is counted.</summary>
    public NoteKind Note { get; init; }

    /// <summary>For a note: its detail.</summary>
    public byte Detail { get; init; }

    /// <summary>For a wake: the thread or warp. For complete: the thread that called.</summary>
    public int Thread { get; init; }

    /// <summary>For send, copy and timer: the message, not yet stamped.</summary>
    public Message? Message { get; init; }

    /// <summary>For complete: how the call ended.</summary>
    public CallResult? Result { get; init; }

    /// <summary>For send, copy, timer, wake and replay: how long after the step it happens, apart from the links' time.</summary>
    public VirtualDuration Delay { get; init; }

    /// <summary>For copy: bytes on the links. For a note: the amount. For a wake: the loaded value.</summary>
    public long Amount { get; init; }
}
