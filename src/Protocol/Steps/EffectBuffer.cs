using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol.Steps;

/// <summary>Collects the effects of a step. Reused from step to step; nothing is allocated once it has grown to its working size.</summary>
public sealed class EffectBuffer
{
    private Effect[] _effects = new Effect[16];

    /// <summary>Effects collected since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>An effect, in the order in which the step asked for them.</summary>
    public ref readonly Effect this[int index] => ref _effects[index];

    /// <summary>Forgets all effects.</summary>
    public void Clear()
    {
        Array.Clear(_effects, 0, Count);
        Count = 0;
    }

    /// <summary>Sends a message over the control path.</summary>
    public void Send(Message message, VirtualDuration delay = default) =>
        Add(new Effect { Kind = EffectKind.Send, Message = message, Delay = delay });

    /// <summary>Sends a message that carries pages; <paramref name="bytes"/> occupy the links.</summary>
    public void Copy(Message message, long bytes, VirtualDuration delay = default) =>
        Add(new Effect { Kind = EffectKind.Copy, Message = message, Amount = bytes, Delay = delay });

    /// <summary>Sends a message to its own sender after <paramref name="delay"/>.</summary>
    public void SetTimer(Message message, VirtualDuration delay) =>
        Add(new Effect { Kind = EffectKind.SetTimer, Message = message, Delay = delay });

    /// <summary>Lets a thread go on after <paramref name="delay"/>, with the value it loaded.</summary>
    public void Wake(int thread, VirtualDuration delay, ulong value = 0) =>
        Add(new Effect { Kind = EffectKind.Wake, Thread = thread, Delay = delay, Amount = (long)value });

    /// <summary>Ends a call of a thread.</summary>
    public void Complete(int thread, CallResult result) =>
        Add(new Effect { Kind = EffectKind.Complete, Thread = thread, Result = result });

    /// <summary>Lets every warp that waits for a fault retry after <paramref name="delay"/>.</summary>
    public void Replay(VirtualDuration delay) => Add(new Effect { Kind = EffectKind.Replay, Delay = delay });

    /// <summary>Counts something.</summary>
    public void Note(NoteKind note, long amount, byte detail = 0) =>
        Add(new Effect { Kind = EffectKind.Note, Note = note, Amount = amount, Detail = detail });

    private void Add(in Effect effect)
    {
        if (Count == _effects.Length)
        {
            Array.Resize(ref _effects, Count * 2);
        }

        _effects[Count++] = effect;
    }
}
