using HmmSim.Explorer.Models;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Races.Properties;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>What threads may do, do, and are told.</summary>
public partial class HmmModel
{
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
        AddressSpaceId child = operation.Kind == OperationKind.Fork ? ChildOf(thread, position) : default;
        Begin(state, thread, (position * _alternatives) + alternative, own.Space, operation, child);
    }

    /// <summary>A process makes a call: of its CPU memory, or, over the control channel, of a driver.</summary>
    private void Begin(Span<ulong> state, int thread, int number, AddressSpaceId space, Operation operation, AddressSpaceId child)
    {
        AddressSpaceId mirrored = MirroredBy(thread, operation.Device);
        byte value = StoredValue.Of(thread, number / _alternatives);
        if (PendingOperation.Counts(operation.Kind))
        {
            PendingOperation pending = new(
                operation.Kind,
                (byte)(operation.Device > 0 ? mirrored : space).Value,
                (byte)child.Value,
                value,
                MayFail(operation, mirrored));
            state[MonitorsAt] = _monitors.Invoke(state[MonitorsAt], thread, number, operation.Page, pending);
        }

        MachineStep send = _calls.GetOrAdd(
            (thread, number), _ => Sending(thread, WorldCalls.CallOf(operation, space, mirrored, child, value), operation.Device));
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

    /// <summary>
    /// The address space that a thread's handle of a device mirrors: its own if its script opens the device, else the one it was
    /// inherited from.
    /// </summary>
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
                    int property = happened.Result!.Error == Errno.None && happened.Result.Signal == FaultSignal.None
                        ? RaceProperties.LastWriteWins
                        : RaceProperties.HonestAnswers;
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
}
