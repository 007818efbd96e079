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
public partial class HmmModel : INarratedModel, IResponseModel
{
    private const int DeliveryCountLimit = 64;

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

    /// <summary>Why a state violates a property; null if it does not, or if the property needs no words.</summary>
    public string? ExplainViolation(ReadOnlySpan<ulong> state)
    {
        int[] enabled = new int[MaxEnabled];
        return Judge(state[.._machines]).Problem ?? (WriteEnabled(state, enabled) == 0 ? JudgeRest(state).Problem : null);
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

    /// <summary>How many operations a thread may choose from now.</summary>
    private protected int OfferedCount(ReadOnlySpan<ulong> state, int thread)
    {
        WorldThread own = _threads[thread];
        ulong word = state[ThreadsAt];
        int position = ThreadWord.Position(word, thread);
        bool mayBegin = _operationLimit == 0 || ThreadWord.Choice(word, thread) >= 0 || ThreadWord.Begun(word) < _operationLimit;
        return position == own.Steps.Length || ThreadWord.Wait(word, thread) != ThreadWait.Nothing || !HasBegun(own, word) || !mayBegin
            ? 0
            : own.Steps[position].Length;
    }

    /// <summary>A thread of a child begins once the fork that makes its address space has ended; never if there is none.</summary>
    private bool HasBegun(WorldThread thread, ulong word)
    {
        if (thread.Space == World.FirstSpace)
        {
            return true;
        }

        return ForkOf(thread.Space) is { } fork && ThreadWord.Position(word, fork.Thread) > fork.Position;
    }

    /// <summary>The fork that makes an address space, or null: forks are numbered over all scripts.</summary>
    private (int Thread, int Position)? ForkOf(AddressSpaceId space)
    {
        int number = 0;
        for (int thread = 0; thread < _threads.Length; thread++)
        {
            for (int position = 0; position < _threads[thread].Steps.Length; position++)
            {
                if (_threads[thread].Steps[position].Any(operation => operation.Kind == OperationKind.Fork) && ++number == space.Value)
                {
                    return (thread, position);
                }
            }
        }

        return null;
    }

    private AddressSpaceId ChildOf(int thread, int position)
    {
        ushort number = 0;
        for (int other = 0; other <= thread; other++)
        {
            int end = other == thread ? position + 1 : _threads[other].Steps.Length;
            number += (ushort)_threads[other].Steps[..end].Count(step => step.Any(operation => operation.Kind == OperationKind.Fork));
        }

        return new AddressSpaceId(number);
    }

    private void Operate(Span<ulong> state, int thread, int alternative)
    {
        WorldThread own = _threads[thread];
        ref ulong word = ref state[ThreadsAt];
        int position = ThreadWord.Position(word, thread);
        Operation operation = own.Steps[position][alternative];
        if (ThreadWord.Choice(word, thread) < 0)
        {
            word = ThreadWord.Begin(word, thread, own.Kind == ThreadKind.Process ? 0 : alternative);
        }

        if (own.Kind != ThreadKind.Process)
        {
            Take(state, own.Machine, _table.Access(own.Machine, state[own.Machine], thread, operation));
            return;
        }

        word = ThreadWord.SetWait(word, thread, ThreadWait.Call);
        Begin(state, thread, (position * _alternatives) + alternative, own.Space, operation, ChildOf(thread, position));
    }

    /// <summary>A process makes a call: of its CPU memory, or, over the control channel, of a driver.</summary>
    private void Begin(Span<ulong> state, int thread, int number, AddressSpaceId space, Operation operation, AddressSpaceId child)
    {
        AddressSpaceId mirrored = MirroredBy(thread, operation.Device);
        byte value = (byte)(1 + (thread * ThreadWord.MaxSteps) + (number / _alternatives));
        if (PendingOperation.Counts(operation.Kind))
        {
            PendingOperation pending = new(operation.Kind, (byte)(operation.Device > 0 ? mirrored : space).Value, (byte)child.Value, value, MayFail(operation, mirrored));
            state[MonitorsAt] = _monitors.Invoke(state[MonitorsAt], thread, number, operation.Page, pending);
        }

        MachineStep send = _calls.GetOrAdd((thread, number), _ => Sending(thread, WorldCalls.CallOf(operation, space, mirrored, child, value), operation.Device));
        if (operation.Device > 0)
        {
            state[_machines] = _table.Extend(state[_machines], send);
        }
        else
        {
            Take(state, 0, _table.Deliver(0, state[0], send.Sent[0].Message));
        }
    }

    /// <summary>Whether a driver may refuse an access that its page permits: see <see cref="PendingOperation.MayFail"/>.</summary>
    private bool MayFail(Operation operation, AddressSpaceId mirrored) => operation.Device > 0
        && (mirrored != World.FirstSpace || Mentions(OperationKind.Close, operation.Device)
            || (operation.Kind == OperationKind.Write && (_spaces > 1 || Mentions(OperationKind.ProtectRead, device: 0))));

    /// <summary>The address space that a thread's handle of a device mirrors: its own if its script opens the device, else the one it was inherited from.</summary>
    private AddressSpaceId MirroredBy(int thread, int device) =>
        thread < _threads.Length && Mentions(_threads[thread], OperationKind.Open, device) ? _threads[thread].Space : World.FirstSpace;

    private bool Mentions(OperationKind kind, int device) => _threads.Any(thread => Mentions(thread, kind, device));

    private static bool Mentions(WorldThread thread, OperationKind kind, int device) =>
        thread.Steps.Any(step => step.Any(operation => operation.Kind == kind && operation.Device == device));

    private MachineStep Sending(int thread, Call call, int device)
    {
        Message message = new()
        {
            Kind = MessageKind.Call,
            From = World.IdOf(0),
            To = World.IdOf(device),
            Block = new BlockKey(call.Space, call.Begin.Block),
            Thread = thread,
            Call = call,
        };
        return new MachineStep(0, [(Outbox.ControlTo(device), _table.Add(message))], [], -1, null);
    }

    /// <summary>A machine has taken a step.</summary>
    private void Take(Span<ulong> state, int machine, MachineStep step)
    {
        state[machine] = step.Next;
        state[_machines + machine] = _table.Extend(state[_machines + machine], step);
        if (step.Violation >= 0)
        {
            state[ViolationAt] = (ulong)step.Violation + 1;
            return;
        }

        foreach (ThreadEvent happened in step.Events)
        {
            Tell(state, machine, happened);
        }
    }

    private void Tell(Span<ulong> state, int machine, ThreadEvent happened)
    {
        ref ulong word = ref state[ThreadsAt];
        switch (happened.Kind)
        {
            case ThreadEventKind.Completed:
                ulong monitors = _monitors.Return(state[MonitorsAt], happened.Thread, happened.Result!);
                bool isExplained = monitors != 0;
                state[MonitorsAt] = isExplained ? monitors : state[MonitorsAt];
                if (!isExplained)
                {
                    int property = happened.Result!.Error == Errno.None && happened.Result.Signal == FaultSignal.None ? RaceProperties.LastWriteWins : RaceProperties.HonestAnswers;
                    state[ViolationAt] = (ulong)property + 1;
                }

                word = happened.Thread < _threads.Length ? ThreadWord.Pass(word, happened.Thread) : word;
                break;
            case ThreadEventKind.Accessed:
                Operation access = _threads[happened.Thread].Steps[ThreadWord.Position(word, happened.Thread)][ThreadWord.Choice(word, happened.Thread)];
                if (access.Kind == OperationKind.Write)
                {
                    state[VersionsAt + machine] = VersionChecks.Add(state[VersionsAt + machine], access.Page, happened.Value);
                }

                word = ThreadWord.Pass(word, happened.Thread);
                break;
            case ThreadEventKind.Refused:
                word = ThreadWord.Pass(word, happened.Thread);
                break;
            case ThreadEventKind.Stalled:
                word = ThreadWord.SetWait(word, happened.Thread, happened.Value == 1 ? ThreadWait.Reply : ThreadWait.Fault);
                break;
            case ThreadEventKind.Retries:
                word = LetRetry(word, machine, happened.Thread);
                break;
        }
    }

    private ulong LetRetry(ulong word, int machine, int only)
    {
        for (int thread = 0; thread < _threads.Length; thread++)
        {
            if (_threads[thread].Machine == machine && (only < 0 || only == thread) && ThreadWord.Wait(word, thread) == ThreadWait.Fault)
            {
                word = ThreadWord.SetWait(word, thread, ThreadWait.Nothing);
            }
        }

        return word;
    }

    /// <summary>Opens the devices and performs the setup, one operation after the other, each until nothing is under way.</summary>
    private ulong[] MakeFirst(IReadOnlyList<Operation> setup)
    {
        ulong[] state = new ulong[StateWords];
        for (int machine = 0; machine < _machines; machine++)
        {
            state[machine] = _table.FirstState(machine);
        }

        state[MonitorsAt] = _monitors.First;
        IEnumerable<Operation> all = _threads.SelectMany(thread => thread.Kind == ThreadKind.Process ? thread.Steps.SelectMany(step => step) : []).Concat(setup);
        int number = _threads.Max(thread => thread.Steps.Length) * _alternatives;
        foreach (int device in all.Select(operation => operation.Device).Where(device => device > 0).Distinct().Order())
        {
            MachineStep open = Sending(_threads.Length, WorldCalls.Open(device), device);
            state[_machines] = _table.Extend(state[_machines], open);
            _setup.Add(ActorAction.Call(open.Sent[0].Message, isForHome: false));
            Settle(state);
        }

        foreach (Operation operation in setup)
        {
            Begin(state, _threads.Length, number, World.FirstSpace, operation, default);
            _setup.Add(ActorAction.Call(_calls[(_threads.Length, number)].Sent[0].Message, operation.Device == 0));
            number += _alternatives;
            Settle(state);
        }

        return state;
    }

    private void Settle(Span<ulong> state)
    {
        for (int step = 0; step < DeliveryCountLimit * _queues; step++)
        {
            int machine = 0;
            while (machine < _machines && _table.OutboxOf(state[_machines + machine]).Pending == 0)
            {
                machine++;
            }

            if (machine == _machines || state[ViolationAt] != 0)
            {
                return;
            }

            int transition = (machine * _queues) + BitOperations.TrailingZeroCount(_table.OutboxOf(state[_machines + machine]).Pending);
            _setup.Add(ActionOf(state, transition));
            Apply(state, transition);
        }

        string last = string.Join(", ", _setup.TakeLast(8).Select(action => MessageText(_table.MessageOf(action.Message))));
        throw new InvalidOperationException($"the setup does not come to rest; it goes on with {last}");
    }
}
