using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.State;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>
/// Whether what processes see of one page is linearizable (Herlihy, Wing 1990), told while it happens: the values that the page may have in
/// each address space now, for each choice of which pending operations have taken effect already. No choice left means that what was
/// returned cannot be explained. Immutable, and a value: two histories that allow the same future are one monitor.
/// </summary>
/// <remarks>
/// Fork and changes of areas are operations on the page too; each page is judged for itself, as linearizability allows. An operation that no
/// thread can return from, or that says nothing of values (a migration), is no operation here.
/// </remarks>
internal sealed class PageMonitor
{
    private const byte NoSpace = 0xff;
    private const byte Unmapped = 0xfe;
    private const byte Fault = 0xfd;
    private const byte NotYet = 0xfc;
    private const byte Done = 0xfb;

    private readonly int _spaces;
    private readonly int _threads;
    private readonly byte[][] _choices; // values by space, permissions by space, outcomes by thread
    private readonly PendingOperation?[] _pending;

    private PageMonitor(int spaces, int threads, byte[][] choices, PendingOperation?[] pending)
    {
        _spaces = spaces;
        _threads = threads;
        _choices = choices;
        _pending = pending;
    }

    /// <summary>A page that holds 0 in the first address space, writable.</summary>
    public static PageMonitor Begin(int spaces, int threads)
    {
        byte[] choice = [.. Enumerable.Repeat(NoSpace, spaces), .. Enumerable.Repeat((byte)0, spaces), .. Enumerable.Repeat(NotYet, threads)];
        choice[0] = 0;
        choice[spaces] = 1;
        return new PageMonitor(spaces, threads, [choice], new PendingOperation?[threads]);
    }

    /// <summary>An operation begins.</summary>
    public PageMonitor Invoke(int thread, PendingOperation operation)
    {
        PendingOperation?[] pending = [.. _pending];
        pending[thread] = operation;
        return new PageMonitor(_spaces, _threads, _choices, pending);
    }

    /// <summary>An operation ends. Null if no choice allows what it returned.</summary>
    public PageMonitor? Return(int thread, CallResult result)
    {
        if (_pending[thread] is not { } operation)
        {
            return this;
        }

        byte outcome = OutcomeOf(operation, result);
        SortedSet<byte[]> left = new(ByteOrder.Instance);
        foreach (byte[] choice in Closure())
        {
            if (choice[(2 * _spaces) + thread] == outcome)
            {
                byte[] kept = [.. choice];
                kept[(2 * _spaces) + thread] = NotYet;
                left.Add(kept);
            }
        }

        PendingOperation?[] pending = [.. _pending];
        pending[thread] = null;
        return left.Count == 0 ? null : new PageMonitor(_spaces, _threads, [.. left], pending);
    }

    /// <summary>The same with threads and address spaces named anew, and the values that threads store with them.</summary>
    public PageMonitor Renamed(StateRenaming names)
    {
        byte[][] choices = [.. _choices.Select(choice => Renamed(choice, names)).Order(ByteOrder.Instance)];
        PendingOperation?[] pending = new PendingOperation?[_threads];
        for (int thread = 0; thread < _threads; thread++)
        {
            pending[names.Thread(thread)] = _pending[thread] is { } operation
                ? operation with
                {
                    Space = Renamed(operation.Space, names),
                    Child = Renamed(operation.Child, names),
                    Value = (byte)names.Value(operation.Value),
                }
                : null;
        }

        return new PageMonitor(_spaces, _threads, choices, pending);
    }

    private byte[] Renamed(byte[] choice, StateRenaming names)
    {
        byte[] renamed = new byte[choice.Length];
        for (int space = 0; space < _spaces; space++)
        {
            int target = Renamed((byte)space, names);
            renamed[target] = RenamedValue(choice[space], names);
            renamed[_spaces + target] = choice[_spaces + space];
        }

        for (int thread = 0; thread < _threads; thread++)
        {
            renamed[(2 * _spaces) + names.Thread(thread)] = RenamedValue(choice[(2 * _spaces) + thread], names);
        }

        return renamed;
    }

    private static byte Renamed(byte space, StateRenaming names) => (byte)names.Space(new AddressSpaceId(space)).Value;

    private static byte RenamedValue(byte value, StateRenaming names) => value >= Done ? value : (byte)names.Value(value);

    /// <summary>As bytes, the same for the same future.</summary>
    public void Write(List<byte> bytes)
    {
        bytes.Add((byte)_choices.Length);
        foreach (byte[] choice in _choices)
        {
            bytes.AddRange(choice);
        }

        foreach (PendingOperation? pending in _pending)
        {
            bytes.AddRange(pending is null
                ? [0]
                : [(byte)(pending.Kind + 1), pending.Space, pending.Child, pending.Value, pending.MayFail ? (byte)1 : (byte)0]);
        }
    }

    /// <summary>From bytes.</summary>
    public static PageMonitor Read(ReadOnlySpan<byte> bytes, ref int at, int spaces, int threads)
    {
        byte[][] choices = new byte[bytes[at++]][];
        for (int choice = 0; choice < choices.Length; choice++)
        {
            choices[choice] = bytes.Slice(at, (2 * spaces) + threads).ToArray();
            at += (2 * spaces) + threads;
        }

        PendingOperation?[] pending = new PendingOperation?[threads];
        for (int thread = 0; thread < threads; thread++)
        {
            byte kind = bytes[at++];
            if (kind > 0)
            {
                pending[thread] = new PendingOperation((OperationKind)(kind - 1), bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3] != 0);
                at += 4;
            }
        }

        return new PageMonitor(spaces, threads, choices, pending);
    }

    /// <summary>The values the page may have in the first address space, for people.</summary>
    public override string ToString() => string.Join('|', _choices
        .Select(choice => string.Join('/', choice[.._spaces]
            .Where(value => value != NoSpace)
            .Select(value => value == Unmapped ? "-" : value.ToString(System.Globalization.CultureInfo.InvariantCulture))))
        .Distinct());

    private static byte OutcomeOf(PendingOperation operation, CallResult result) =>
        operation.Kind is OperationKind.Touch or OperationKind.Write && (result.Signal != FaultSignal.None || result.Error != Errno.None) ? Fault
        : operation.Kind == OperationKind.Touch ? (byte)result.Values![0]
        : Done;

    /// <summary>All choices of pending operations that may have taken effect by now.</summary>
    private SortedSet<byte[]> Closure()
    {
        SortedSet<byte[]> found = new(_choices, ByteOrder.Instance);
        Queue<byte[]> open = new(_choices);
        while (open.TryDequeue(out byte[]? choice))
        {
            for (int thread = 0; thread < _threads; thread++)
            {
                if (_pending[thread] is { } operation && choice[(2 * _spaces) + thread] == NotYet)
                {
                    Add(TakeEffect(choice, thread, operation));
                    if (operation.MayFail)
                    {
                        byte[] failed = [.. choice];
                        failed[(2 * _spaces) + thread] = Fault;
                        Add(failed);
                    }
                }
            }
        }

        return found;

        void Add(byte[] next)
        {
            if (found.Add(next))
            {
                open.Enqueue(next);
            }
        }
    }

    private byte[] TakeEffect(byte[] choice, int thread, PendingOperation operation)
    {
        byte[] next = [.. choice];
        ref byte value = ref next[operation.Space];
        ref byte writable = ref next[_spaces + operation.Space];
        bool isMapped = value is not (Unmapped or NoSpace);
        byte outcome = Done;
        switch (operation.Kind)
        {
            case OperationKind.Touch:
                outcome = isMapped ? value : Fault;
                break;
            case OperationKind.Write:
                outcome = isMapped && writable != 0 ? Done : Fault;
                value = outcome == Done ? operation.Value : value;
                break;
            case OperationKind.Unmap or OperationKind.Exit:
                value = Unmapped;
                break;
            case OperationKind.Map:
                writable = isMapped ? writable : (byte)1;
                value = isMapped ? value : (byte)0;
                break;
            case OperationKind.ProtectRead or OperationKind.ProtectWrite:
                writable = isMapped ? (byte)(operation.Kind == OperationKind.ProtectWrite ? 1 : 0) : writable;
                break;
            case OperationKind.DontNeed:
                value = isMapped ? (byte)0 : value;
                break;
            case OperationKind.Fork:
                next[operation.Child] = value;
                next[_spaces + operation.Child] = writable;
                break;
        }

        next[(2 * _spaces) + thread] = outcome;
        return next;
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? left, byte[]? right) => left.AsSpan().SequenceCompareTo(right);
    }
}
