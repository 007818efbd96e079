using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;

namespace HmmSim.Races.Models;

/// <summary>What a step of a machine tells a thread.</summary>
/// <param name="Kind">What happens to the thread.</param>
/// <param name="Thread">The thread; -1 for all that wait for a replay.</param>
/// <param name="Result">How a call ended.</param>
/// <param name="Value">The value that an access loaded, or the version it made.</param>
internal sealed record ThreadEvent(ThreadEventKind Kind, int Thread, CallResult? Result, ulong Value)
{
    /// <summary>What an effect tells a thread, or null. A remote access has taken effect; all else that wakes a processor lets it try again.</summary>
    public static ThreadEvent? Of(Message cause, in Effect effect) => effect.Kind switch
    {
        EffectKind.Wake when cause.Kind is MessageKind.RemoteAccessReply or MessageKind.RemoteAccess =>
            new ThreadEvent(ThreadEventKind.Accessed, effect.Thread, null, (ulong)effect.Amount),
        EffectKind.Wake => new ThreadEvent(ThreadEventKind.Retries, effect.Thread, null, 0),
        EffectKind.Replay => new ThreadEvent(ThreadEventKind.Retries, -1, null, 0),
        EffectKind.Complete => new ThreadEvent(ThreadEventKind.Completed, effect.Thread, effect.Result, 0),
        _ => null,
    };

    /// <summary>Whether two machines tell a thread the same.</summary>
    public bool IsLike(ThreadEvent other) => Kind == other.Kind && Thread == other.Thread && Value == other.Value
        && Result?.Error == other.Result?.Error && Result?.Signal == other.Result?.Signal
        && (Result?.Values ?? []).SequenceEqual(other.Result?.Values ?? []);
}
