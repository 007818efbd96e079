using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.Processes;

namespace HmmSim.Conformance.Replay;

/// <summary>
/// Turns operations of one script into calls, and results of calls into the answers of the format. Knows processes, handles and
/// files; memory it does not know.
/// </summary>
/// <remarks>
/// What the table of processes answers without any call: <c>skip</c> for a slot without process, EBADF for a handle that is not
/// open and for <c>trunc</c> without a file. Where the format leaves the answer open (no trace does it): EBUSY for an open of
/// what is open, EEXIST for a fork into a slot that is taken.
/// </remarks>
public sealed class OperationTranslator
{
    private readonly ProcessTable _processes = new(TraceScript.ProcessSlots, TraceScript.Devices, TraceScript.Windows);
    private readonly int[] _windowPages = new int[TraceScript.Windows];

    /// <summary>The processes of the script.</summary>
    public ProcessTable Processes => _processes;

    /// <summary>Pages of a window: the largest page that anybody asked to map or move there, plus one; 0 before that.</summary>
    public int PagesOf(int window) => _windowPages[window];

    /// <summary>What an operation comes to. The table of processes changes with it, except for the child of a fork.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="before">The recorded state before it, for page-out.</param>
    /// <param name="changes">What the operation changed in the recorded state, for page-out.</param>
    public TranslatedOperation Translate(TraceOperation operation, RecordedState before, IReadOnlyList<WindowState> changes)
    {
        if (!_processes.IsAlive(operation.Process))
        {
            return new TranslatedOperation { Answer = TraceResult.Skipped };
        }

        return operation.Kind switch
        {
            OperationKind.Map => TranslateMap(operation),
            OperationKind.Remap => TranslateRemap(operation),
            OperationKind.Truncate => TranslateTruncate(operation),
            OperationKind.Open => TranslateOpen(operation),
            OperationKind.Close => TranslateClose(operation),
            OperationKind.Exit => TranslateExit(operation),
            OperationKind.Fork => TranslateFork(operation),
            OperationKind.Advise => OnCpu(RangeOf(operation) with
            {
                Kind = CallKind.Advise,
                Advice = operation.Advice,
                Reclaimed = operation.Advice == Advice.PageOut ? PageOutInput.Of(operation, before, changes) : null,
            }),
            OperationKind.Protect => OnCpu(RangeOf(operation)
                with { Kind = CallKind.Protect, Protections = operation.Protections }),
            OperationKind.Unmap => OnCpu(RangeOf(operation) with { Kind = CallKind.Unmap }),
            OperationKind.Lock => OnCpu(RangeOf(operation) with { Kind = CallKind.Lock }),
            OperationKind.Unlock => OnCpu(RangeOf(operation) with { Kind = CallKind.Unlock }),
            OperationKind.Load => OnCpu(RangeOf(operation) with { Kind = CallKind.Load }),
            OperationKind.Store => OnCpu(RangeOf(operation) with { Kind = CallKind.Store, Value = operation.Value }),
            OperationKind.CopyFromUser => OnCpu(RangeOf(operation) with { Kind = CallKind.CopyFromUser }),
            OperationKind.CopyToUser => OnCpu(RangeOf(operation) with { Kind = CallKind.CopyToUser, Value = operation.Value }),
            OperationKind.Pin => OnCpu(RangeOf(operation) with { Kind = CallKind.Pin, IsWrite = operation.IsWrite }),
            OperationKind.ReadPins => OnCpu(SpaceOf(operation)
                with { Kind = CallKind.ReadPins, PageCount = operation.PageCount }),
            OperationKind.Unpin => OnCpu(SpaceOf(operation) with { Kind = CallKind.Unpin }),
            OperationKind.DeviceRead => OnDevice(operation, CallKind.DeviceRead),
            OperationKind.DeviceWrite => OnDevice(operation, CallKind.DeviceWrite),
            OperationKind.MigrateToDevice => OnDevice(operation, CallKind.MigrateToDevice),
            OperationKind.MigrateToSystem => OnDevice(operation, CallKind.MigrateToSystem),
            OperationKind.Snapshot => OnDevice(operation, CallKind.Snapshot),
            OperationKind.MakeExclusive => OnDevice(operation, CallKind.MakeExclusive),
            OperationKind.CheckExclusive => OnDevice(operation, CallKind.CheckExclusive),
            OperationKind.Release => OnDevice(operation, CallKind.Release),
        };
    }

    /// <summary>The answer to an operation, from the result of the first of its calls.</summary>
    public TraceResult Complete(TraceOperation operation, CallResult result)
    {
        if (operation.Kind == OperationKind.Open && result.Error != Errno.None)
        {
            _processes.Close(operation.Process, operation.Device, isInherited: false);
        }

        if (operation.Kind == OperationKind.Fork && result.Error == Errno.None)
        {
            _processes.Fork(operation.Process, operation.Child);
        }

        return AnswerWriter.AnswerOf(OperationForm.Of(operation.Kind).Shape, result);
    }

    private static TranslatedOperation OnCpu(Call call) => new() { Calls = [new TargetedCall(ICallSystem.CpuMemory, call)] };

    private static TranslatedOperation Refused(Errno error) => new() { Answer = new TraceResult { Error = (int)error } };

    private static TargetedCall CloseOf(DeviceHandle handle) =>
        new(handle.Device, new Call { Kind = CallKind.Close, Space = handle.Space, Mirror = handle.Mirror });

    private Call SpaceOf(TraceOperation operation) =>
        new() { Kind = CallKind.None, Space = _processes.SpaceOf(operation.Process) };

    private Call RangeOf(TraceOperation operation) => SpaceOf(operation) with
    {
        Begin = WindowAddresses.PageOf(operation.Window, operation.Page),
        PageCount = operation.PageCount,
    };

    private TranslatedOperation OnDevice(TraceOperation operation, CallKind kind)
    {
        DeviceHandle? handle = operation.IsInherited
            ? _processes.InheritedHandle(operation.Process, operation.Device)
            : _processes.OwnHandle(operation.Process, operation.Device);
        if (handle is null)
        {
            return Refused(Errno.EBADF);
        }

        Call call = new()
        {
            Kind = kind,
            Space = handle.Space,
            Mirror = handle.Mirror,
            Begin = operation.PageCount > 0 ? WindowAddresses.PageOf(operation.Window, operation.Page) : default,
            PageCount = operation.PageCount,
            Value = operation.Value,
        };
        return new TranslatedOperation { Calls = [new TargetedCall(handle.Device, call)] };
    }

    private TranslatedOperation TranslateMap(TraceOperation operation)
    {
        Extend(operation.Window, operation.Page + operation.PageCount);
        Call call = RangeOf(operation) with { Kind = CallKind.Map, Protections = operation.Protections };
        switch (operation.Mapping)
        {
            case MappingKind.Anonymous:
                return OnCpu(call);
            case MappingKind.SharedAnonymous:
                return OnCpu(call with { Backing = AreaBacking.SharedAnonymous, File = _processes.MakeUnnamedFile() });
            case MappingKind.FilePrivate:
            case MappingKind.FileShared:
            default:
                break;
        }

        WindowFile? existing = _processes.FileOf(operation.Process, operation.Window);
        WindowFile file = existing
            ?? _processes.MakeFile(operation.Process, operation.Window, operation.Page + operation.PageCount);
        return OnCpu(call with
        {
            Backing = operation.Mapping == MappingKind.FilePrivate ? AreaBacking.FilePrivate : AreaBacking.FileShared,
            File = file.Id,
            FileOffsetPages = operation.Page,
        }) with
        { File = existing is null ? FirstContentOf(file) : null };
    }

    private static NewFile FirstContentOf(WindowFile file)
    {
        const ulong FirstValue = 900_000;
        const ulong WindowStep = 1_000;
        ulong[] values = new ulong[file.PageCount];
        for (int page = 0; page < values.Length; page++)
        {
            values[page] = FirstValue + (WindowStep * (ulong)file.Window) + (ulong)page;
        }

        return new NewFile(file.Id, values);
    }

    private TranslatedOperation TranslateRemap(TraceOperation operation)
    {
        Extend(operation.TargetWindow, operation.TargetPage + operation.PageCount);
        return OnCpu(RangeOf(operation) with
        {
            Kind = CallKind.Remap,
            Target = WindowAddresses.PageOf(operation.TargetWindow, operation.TargetPage),
        });
    }

    private TranslatedOperation TranslateTruncate(TraceOperation operation) =>
        _processes.FileOf(operation.Process, operation.Window) is { } file
            ? OnCpu(SpaceOf(operation) with { Kind = CallKind.Truncate, File = file.Id, PageCount = operation.PageCount })
            : Refused(Errno.EBADF);

    private TranslatedOperation TranslateOpen(TraceOperation operation)
    {
        if (_processes.OwnHandle(operation.Process, operation.Device) is not null)
        {
            return Refused(Errno.EBUSY);
        }

        DeviceHandle handle = _processes.Open(operation.Process, operation.Device);
        Call call = new() { Kind = CallKind.Open, Space = handle.Space, Mirror = handle.Mirror };
        return new TranslatedOperation { Calls = [new TargetedCall(handle.Device, call)] };
    }

    private TranslatedOperation TranslateClose(TraceOperation operation)
    {
        DeviceHandle? handle = operation.IsInherited
            ? _processes.InheritedHandle(operation.Process, operation.Device)
            : _processes.OwnHandle(operation.Process, operation.Device);
        if (handle is null)
        {
            return Refused(Errno.EBADF);
        }

        DeviceHandle? last = _processes.Close(operation.Process, operation.Device, operation.IsInherited);
        return last is null
            ? new TranslatedOperation { Answer = new TraceResult { Error = 0 } }
            : new TranslatedOperation { Calls = [CloseOf(last)] };
    }

    private TranslatedOperation TranslateExit(TraceOperation operation)
    {
        Call exit = SpaceOf(operation) with { Kind = CallKind.Exit };
        IEnumerable<TargetedCall> closes = _processes.Exit(operation.Process).Select(CloseOf);
        return new TranslatedOperation { Calls = [new TargetedCall(ICallSystem.CpuMemory, exit), .. closes] };
    }

    private TranslatedOperation TranslateFork(TraceOperation operation) =>
        _processes.IsAlive(operation.Child)
            ? Refused(Errno.EEXIST)
            : OnCpu(SpaceOf(operation) with { Kind = CallKind.Fork, Child = _processes.NextSpace });

    private void Extend(int window, int pages) => _windowPages[window] = Math.Max(_windowPages[window], pages);
}
