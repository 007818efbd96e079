using System.Collections.Concurrent;
using HmmSim.Races.Models;

namespace HmmSim.Races.Symmetry;

/// <summary>
/// Renames the states of a model, word by word. The real machine loads a content with the new names and saves it again, once for each content;
/// the answer is remembered, so that renaming a state is a few look-ups.
/// </summary>
internal sealed class StateRenamer
{
    private readonly WorldRenaming _names;
    private readonly int[] _machineAt; // by new position
    private readonly int[] _threads;
    private readonly Renamed _machines;
    private readonly Renamed _outboxes;
    private readonly Renamed _monitors;

    public StateRenamer(MachineTable table, MonitorTable monitors, WorldRenaming names)
    {
        Renamed messages = new(message => table.RenameMessage(message, names));
        _machines = new Renamed(machine => table.RenameMachine(machine, names));
        _outboxes = new Renamed(outbox => table.WordOf(table.OutboxOf(outbox).Renamed(names.Machines, message => messages[message])));
        _monitors = new Renamed(word => monitors.Rename(word, names));
        _names = names;
        _threads = [.. names.Threads];
        _machineAt = [.. Enumerable.Range(0, names.Machines.Length).Select(position => names.Machines.IndexOf(position))];
    }

    /// <summary>One word of the renamed state.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="word">Position of the word, as in <see cref="HmmModel"/>.</param>
    public ulong Word(ReadOnlySpan<ulong> state, int word)
    {
        int machines = _machineAt.Length;
        return word < machines ? _machines[state[_machineAt[word]]]
            : word < 2 * machines ? _outboxes[state[machines + _machineAt[word - machines]]]
            : word == 2 * machines ? ThreadWord.Renamed(state[word], _threads)
            : word == (2 * machines) + 1 ? _monitors[state[word]]
            : word == state.Length - 1 ? state[word]
            : state[(2 * machines) + 2 + _machineAt[word - (2 * machines) - 2]];
    }

    /// <summary>The new number of a queue among all queues of all machines.</summary>
    public int Queue(int queue)
    {
        int queues = Outbox.QueueCount(_machineAt.Length);
        return (_names.Machines[queue / queues] * queues) + Outbox.RenamedQueue(queue % queues, _names.Machines);
    }

    /// <summary>The new number of a thread.</summary>
    public int Thread(int thread) => _threads[thread];

    /// <summary>Words by their renamed ones; 0, for nothing, has no other name.</summary>
    private sealed class Renamed(Func<ulong, ulong> rename)
    {
        private readonly ConcurrentDictionary<ulong, ulong> _known = new() { [0] = 0 };

        public ulong this[ulong word] => _known.TryGetValue(word, out ulong known) ? known : _known.GetOrAdd(word, rename(word));
    }
}
