using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using HmmSim.Explorer.Models;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Conservation;
using HmmSim.Protocol.Messages;
using HmmSim.Races.Properties;
using HmmSim.Races.Replay;
using HmmSim.Races.Symmetry;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>
/// The protocol of the simulator as a model: its own machines, threads with scripts, and first-in first-out channels between each pair of
/// machines, one for control messages and one for pages; timers fire in any order.
/// </summary>
/// <remarks>
/// <code>
/// state: | machines (N) | outboxes (N) | threads | monitors | versions (N) | violation |
/// </code>
/// Each word but the packed ones is the fingerprint of a content (<see cref="ContentTable"/>). Transitions: for each machine the queues of
/// its outbox, then for each thread the operations its step may offer.
/// </remarks>
public partial class HmmModel : INarratedModel, IResponseModel, IContentModel, ISymmetricModel
{
    private readonly MachineTable _table;
    private readonly MonitorTable _monitors;
    private readonly ImmutableArray<WorldThread> _threads;
    private readonly ConcurrentDictionary<ulong, (int Property, string? Problem)> _judged = new();
    private readonly ConcurrentDictionary<(int Thread, int Number), MachineStep> _calls = new();
    private readonly int _machines;
    private readonly int _queues;
    private readonly int _alternatives;
    private readonly int _operationLimit;
    private readonly int _spaces;
    private readonly ulong[] _first;

    /// <summary>A model of a world and its threads.</summary>
    /// <param name="table">The world's machines; may be shared by models of the same world.</param>
    /// <param name="threads">The threads.</param>
    /// <param name="setup">Operations that are over before anything else begins, each made by a process.</param>
    /// <param name="operationLimit">The most operations of all threads together; 0 for all that their scripts have.</param>
    internal HmmModel(MachineTable table, ImmutableArray<WorldThread> threads, IReadOnlyList<Operation> setup, int operationLimit)
    {
        _table = table;
        _threads = threads;
        _machines = table.World.Count;
        _queues = Outbox.QueueCount(_machines);
        _alternatives = threads.Max(thread => thread.Alternatives);
        _operationLimit = operationLimit;
        _spaces = 1 + threads.Sum(thread => thread.Steps.Sum(step => step.Count(operation => operation.Kind == OperationKind.Fork)));
        _monitors = new MonitorTable(table.Contents, table.World.Spec.Pages, _spaces, threads.Length + 1);
        MaxEnabled = TransitionCount;
        _first = MakeFirst(setup);
        _renamers = new Lazy<StateRenamer[]>(FindRenamers);
    }

    /// <inheritdoc/>
    public int StateWords => (3 * _machines) + 3;

    /// <inheritdoc/>
    public int InitialStateCount => 1;

    /// <inheritdoc/>
    public int TransitionCount => (_machines * _queues) + (_threads.Length * _alternatives);

    /// <inheritdoc/>
    public int MaxEnabled { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Properties => RaceProperties.Names;

    /// <summary>Steps that the machines themselves have taken.</summary>
    public int MachineStepCount => _table.StepCount;

    private int ThreadsAt => 2 * _machines;

    private int MonitorsAt => ThreadsAt + 1;

    private int VersionsAt => MonitorsAt + 1;

    private int ViolationAt => VersionsAt + _machines;

    /// <inheritdoc/>
    public void WriteInitialState(int index, Span<ulong> state) => _first.CopyTo(state);

    /// <inheritdoc/>
    public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
    {
        if (state[ViolationAt] != 0)
        {
            return 0;
        }

        int count = 0;
        for (int machine = 0; machine < _machines; machine++)
        {
            for (ulong rest = _table.OutboxOf(state[_machines + machine]).Pending; rest != 0; rest &= rest - 1)
            {
                transitions[count++] = (machine * _queues) + BitOperations.TrailingZeroCount(rest);
            }
        }

        for (int thread = 0; thread < _threads.Length; thread++)
        {
            int first = (_machines * _queues) + (thread * _alternatives);
            int offered = OfferedCount(state, thread);
            int begun = ThreadWord.Choice(state[ThreadsAt], thread);
            if (offered > 0 && begun >= 0)
            {
                transitions[count++] = first + begun;
                continue;
            }

            for (int alternative = 0; alternative < offered; alternative++)
            {
                transitions[count++] = first + alternative;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public void Apply(Span<ulong> state, int transition)
    {
        int thread = transition - (_machines * _queues);
        if (thread >= 0)
        {
            Operate(state, thread / _alternatives, thread % _alternatives);
            return;
        }

        int sender = transition / _queues;
        int queue = transition % _queues;
        int receiver = Outbox.ReceiverOf(queue, _machines, sender);
        ref ulong outbox = ref state[_machines + sender];
        ulong message = _table.OutboxOf(outbox)[queue][0];
        outbox = _table.Shorten(outbox, queue);
        Take(state, receiver, _table.Deliver(receiver, state[receiver], message));
    }

    /// <inheritdoc/>
    public int FindViolation(ReadOnlySpan<ulong> state) =>
        state[ViolationAt] != 0 ? (int)state[ViolationAt] - 1 : Judge(state[.._machines]).Property;

    /// <inheritdoc/>
    public int FindTerminalViolation(ReadOnlySpan<ulong> state)
    {
        for (int thread = 0; thread < _threads.Length; thread++)
        {
            if (ThreadWord.Wait(state[ThreadsAt], thread) != ThreadWait.Nothing)
            {
                return RaceProperties.Progress;
            }
        }

        return JudgeRest(state).Property;
    }

    /// <summary>What is wrong in a state, or null.</summary>
    private string? ExplainViolation(ReadOnlySpan<ulong> state)
    {
        if (state[ViolationAt] != 0)
        {
            return RaceProperties.Names[(int)state[ViolationAt] - 1];
        }

        return Judge(state[.._machines]).Problem ?? (WriteEnabled(state, new int[MaxEnabled]) == 0 ? JudgeRest(state).Problem : null);
    }

    private (int Property, string? Problem) Judge(ReadOnlySpan<ulong> machines)
    {
        ulong key = StateHash.Of(machines);
        if (_judged.TryGetValue(key, out (int Property, string? Problem) known))
        {
            return known;
        }

        MachineView[] views = new MachineView[_machines];
        for (int machine = 0; machine < _machines; machine++)
        {
            views[machine] = _table.ViewOf(machines[machine]);
        }

        return _judged.GetOrAdd(key, StateChecks.Check(views, _table.World));
    }

    private (int Property, string? Problem) JudgeRest(ReadOnlySpan<ulong> state)
    {
        for (int machine = 0; machine < _machines; machine++)
        {
            if (_table.ViewOf(state[machine]).Unfinished is [var first, ..])
            {
                return (RaceProperties.LocksReleased, first);
            }
        }

        if (FindHeldByClosed(state) is { } held)
        {
            return (RaceProperties.RemovedHoldsNothing, held);
        }

        if (VersionChecks.FindLostWrite(state.Slice(VersionsAt, _machines), _table.World.Spec.Pages) is { } lost)
        {
            return (RaceProperties.LastWriteWins, lost);
        }

        CpuMemory home = _table.LoadHome(state[0]);
        List<DeviceMemory> devices = [];
        for (int machine = 1; machine < _machines; machine++)
        {
            devices.Add(_table.LoadDevice(machine, state[machine]));
        }

        IReadOnlyList<string> left = ConservationCheck.Run(_table.World.Layout, [home], devices);
        return left.Count > 0 ? (RaceProperties.References, left[0]) : (ModelProperty.None, null);
    }

    private string? FindHeldByClosed(ReadOnlySpan<ulong> state)
    {
        for (int machine = 1; machine < _machines; machine++)
        {
            MachineView view = _table.ViewOf(state[machine]);
            if (_table.ViewOf(_first[machine]).IsOpen && !view.IsOpen && view.References.Any(references => references > 0))
            {
                return $"{ActorNames[machine]} is closed, and frames of it are in use";
            }
        }

        return null;
    }
}
