using System.Runtime.InteropServices;

namespace HmmSim.Races.Models;

/// <summary>
/// What is on its way from one machine: a control channel and a copy channel to each machine, first-in first-out, and timers, which fire
/// in any order. Immutable; the messages are words of a <see cref="ContentTable"/>.
/// </summary>
internal sealed class Outbox
{
    /// <summary>Timers that one machine can have set at one time.</summary>
    public const int TimerSlots = 6;

    private readonly ulong[][] _queues;

    private Outbox(ulong[][] queues)
    {
        _queues = queues;
        for (int queue = 0; queue < queues.Length; queue++)
        {
            Pending |= queues[queue].Length > 0 ? 1UL << queue : 0;
        }
    }

    /// <summary>A bit for each queue that holds a message.</summary>
    public ulong Pending { get; }

    /// <summary>Messages in a queue, oldest first.</summary>
    public ReadOnlySpan<ulong> this[int queue] => _queues[queue];

    /// <summary>Number of queues of a machine.</summary>
    public static int QueueCount(int machines) => (2 * machines) + TimerSlots;

    /// <summary>The control channel to a machine.</summary>
    public static int ControlTo(int machine) => machine;

    /// <summary>The copy channel to a machine.</summary>
    public static int CopyTo(int machine, int machines) => machines + machine;

    /// <summary>Whether a queue is a copy channel.</summary>
    public static bool IsCopy(int queue, int machines) => queue >= machines && queue < 2 * machines;

    /// <summary>The machine that a queue of a machine leads to.</summary>
    public static int ReceiverOf(int queue, int machines, int sender) => queue < machines ? queue : queue < 2 * machines ? queue - machines : sender;

    /// <summary>Nothing on its way.</summary>
    public static Outbox Empty(int machines) => new([.. Enumerable.Range(0, QueueCount(machines)).Select(_ => Array.Empty<ulong>())]);

    /// <summary>Without the oldest message of a queue.</summary>
    public Outbox Without(int queue)
    {
        ulong[][] queues = [.. _queues];
        queues[queue] = queues[queue][1..];
        return new Outbox(queues);
    }

    /// <summary>With further messages, each in its queue; timers in the lowest free slots.</summary>
    public Outbox With(IReadOnlyList<(int Queue, ulong Message)> messages)
    {
        ulong[][] queues = [.. _queues];
        foreach ((int wanted, ulong message) in messages)
        {
            int queue = wanted >= 0 ? wanted : Array.FindIndex(queues, queues.Length - TimerSlots, slot => slot.Length == 0);
            queue = queue >= 0 ? queue : throw new InvalidOperationException($"more than {TimerSlots} timers of one machine are set: this world is too large");
            queues[queue] = [.. queues[queue], message];
        }

        return new Outbox(queues);
    }

    /// <summary>The same with machines and messages named anew.</summary>
    /// <param name="machines">The new position of each machine.</param>
    /// <param name="rename">Renames a message.</param>
    public Outbox Renamed(IReadOnlyList<int> machines, Func<ulong, ulong> rename)
    {
        ulong[][] queues = new ulong[_queues.Length][];
        for (int queue = 0; queue < queues.Length; queue++)
        {
            queues[RenamedQueue(queue, machines)] = Array.ConvertAll(_queues[queue], message => rename(message));
        }

        return new Outbox(queues);
    }

    /// <summary>The queue to the renamed receiver; timers have no other name.</summary>
    public static int RenamedQueue(int queue, IReadOnlyList<int> machines) => queue < machines.Count ? machines[queue]
        : IsCopy(queue, machines.Count) ? CopyTo(machines[queue - machines.Count], machines.Count)
        : queue;

    /// <summary>As bytes; empty if nothing is on its way.</summary>
    public byte[] ToBytes()
    {
        if (Pending == 0)
        {
            return [];
        }

        List<ulong> words = [];
        for (int queue = 0; queue < _queues.Length; queue++)
        {
            if (_queues[queue].Length > 0)
            {
                words.Add(((ulong)queue << 32) | (uint)_queues[queue].Length);
                words.AddRange(_queues[queue]);
            }
        }

        return MemoryMarshal.AsBytes(words.ToArray().AsSpan()).ToArray();
    }

    /// <summary>From bytes.</summary>
    public static Outbox FromBytes(ReadOnlySpan<byte> bytes, int machines)
    {
        ulong[][] queues = [.. Enumerable.Range(0, QueueCount(machines)).Select(_ => Array.Empty<ulong>())];
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        while (!words.IsEmpty)
        {
            int count = (int)(uint)words[0];
            queues[(int)(words[0] >> 32)] = words.Slice(1, count).ToArray();
            words = words[(1 + count)..];
        }

        return new Outbox(queues);
    }
}
