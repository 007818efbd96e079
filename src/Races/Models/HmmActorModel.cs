using System.Collections.Immutable;
using HmmSim.Explorer.Models;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>
/// A <see cref="HmmModel"/> whose threads have no choice: its machines are actors whose steps are independent. Threads belong to the machine
/// they run at; so do the monitors, since only processes change them, and all processes run at the home.
/// </summary>
public sealed class HmmActorModel : HmmModel, IReducibleModel
{
    private readonly MachineTable _table;
    private readonly ImmutableArray<WorldThread> _threads;
    private readonly int _machines;
    private readonly int _queues;

    /// <inheritdoc/>
    internal HmmActorModel(MachineTable table, ImmutableArray<WorldThread> threads, IReadOnlyList<Operation> setup)
        : base(table, threads, setup, operationLimit: 0)
    {
        _table = table;
        _threads = threads;
        _machines = table.World.Count;
        _queues = Outbox.QueueCount(_machines);
    }

    /// <inheritdoc/>
    public int ActorCount => _machines;

    /// <inheritdoc/>
    public bool EveryRunEnds => _threads.All(thread => thread.Kind == ThreadKind.Process);

    /// <inheritdoc/>
    public int ActorOf(int transition)
    {
        int thread = transition - (_machines * _queues);
        return thread >= 0 ? _threads[thread].Machine : Outbox.ReceiverOf(transition % _queues, _machines, transition / _queues);
    }

    /// <inheritdoc/>
    public int PendingCount(ReadOnlySpan<ulong> state, int transition)
    {
        int thread = transition - (_machines * _queues);
        return state[StateWords - 1] != 0 ? 0
            : thread >= 0 ? OfferedCount(state, thread)
            : _table.OutboxOf(state[_machines + (transition / _queues)])[transition % _queues].Length;
    }

    /// <summary>Threads wait for their own machine, and a machine sets its own timers; a channel waits for another machine.</summary>
    public bool WaitsForItsActor(ReadOnlySpan<ulong> state, int transition) =>
        transition >= _machines * _queues || ActorOf(transition) == transition / _queues;

    /// <summary>Visible is what changes pages, frames or what a thread has seen.</summary>
    public bool IsVisible(ReadOnlySpan<ulong> state, int transition)
    {
        ulong[] after = [.. state];
        Apply(after, transition);
        int actor = ActorOf(transition);
        return after[StateWords - 1] != 0 || !_table.ViewOf(state[actor]).LooksAs(_table.ViewOf(after[actor]))
            || !state[(2 * _machines)..].SequenceEqual(after.AsSpan((2 * _machines)..));
    }
}
