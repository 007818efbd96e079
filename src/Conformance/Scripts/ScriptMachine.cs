using System.Globalization;
using HmmSim.Conformance.Comparison;
using HmmSim.Conformance.Replay;
using HmmSim.Conformance.Systems;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.Processes;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Scripts;

/// <summary>Carries out a script scenario for one kind of device memory.</summary>
public sealed class ScriptMachine : IScriptMachine
{
    private const int Devices = 2;

    // Each buffer begins 1 GiB after the one before, far from everything else.
    private static readonly VirtualPageNumber FirstBuffer = VirtualPageNumber.OfAddress(0x7000_0000_0000);

    private readonly ScriptScenario _scenario;
    private readonly DeviceMemoryKind _devices;
    private readonly ProcessTable _processes = new(ScriptLoader.ProcessesAtMost, Devices, windows: 1);
    private readonly Dictionary<string, int> _slots = new() { [ScriptScenario.FirstProcess] = 0 };
    private readonly List<ScriptFailure> _failures = [];
    private readonly FileId[] _files;
    private readonly IEnumerator<TargetedCall> _calls;
    private CallResult? _result;
    private bool _isPending;

    /// <summary>Begins a script.</summary>
    /// <param name="scenario">The script.</param>
    /// <param name="devices">The kind of device memory of the system it runs on.</param>
    public ScriptMachine(ScriptScenario scenario, DeviceMemoryKind devices)
    {
        _scenario = scenario;
        _devices = devices;
        _files = [.. scenario.Files.Select(_ => _processes.MakeUnnamedFile())];
        Files = [.. scenario.Files.Select((file, i) =>
            new NewFile(_files[i], [.. Enumerable.Range(0, file.PageCount).Select(page => file.Values.Of(page, 0))]))];
        _calls = CallsOf(scenario.Steps, repetition: 0).GetEnumerator();
    }

    /// <inheritdoc/>
    public IReadOnlyList<NewFile> Files { get; }

    /// <inheritdoc/>
    public long CallCount { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<ScriptFailure> Failures => _failures;

    /// <inheritdoc/>
    public TargetedCall? Next()
    {
        if (_isPending)
        {
            throw new InvalidOperationException("the result of the call before has not come");
        }

        if (!_calls.MoveNext())
        {
            return null;
        }

        _isPending = true;
        CallCount++;
        return _calls.Current;
    }

    /// <inheritdoc/>
    public void Completed(CallResult result)
    {
        if (!_isPending)
        {
            throw new InvalidOperationException("no call has been handed out");
        }

        _isPending = false;
        _result = result;
    }

    private static bool GoesByPage(CallKind kind) =>
        kind is CallKind.Load or CallKind.Store or CallKind.CopyFromUser or CallKind.CopyToUser;

    private static VirtualPageNumber PageOf(int buffer, int page) => FirstBuffer
        + (((long)buffer * ScriptLoader.PagesAtMost) + page);

    private IEnumerable<TargetedCall> CallsOf(IReadOnlyList<ScriptStep> steps, int repetition)
    {
        foreach (ScriptStep step in steps.Where(step => step.Only is null || step.Only == _devices))
        {
            IEnumerable<TargetedCall> calls = step.Kind == CallKind.None
                ? Enumerable.Range(0, step.Count).SelectMany(round => CallsOf(step.Steps, round))
                : CallsOf(step, repetition);
            foreach (TargetedCall call in calls)
            {
                yield return call;
            }
        }
    }

    // Each call is yielded, and its result is in _result when the enumerator goes on.
    private IEnumerable<TargetedCall> CallsOf(ScriptStep step, int repetition)
    {
        if (!_slots.TryGetValue(step.Process, out int slot) || !_processes.IsAlive(slot))
        {
            Fail(step, step.Word, "a process that lives", $"'{step.Process}' does not");
            yield break;
        }

        if (GoesByPage(step.Kind))
        {
            for (int page = 0; page < step.Pages.Count; page++)
            {
                yield return new TargetedCall(ICallSystem.CpuMemory, CpuCall(step, slot) with
                {
                    Begin = PageOf(step.Buffer, step.Pages.First + page),
                    PageCount = 1,
                    Value = step.Values.Of(page, repetition),
                });
                Check(step, page, repetition);
            }

            yield break;
        }

        foreach (TargetedCall call in CallsOfRange(step, slot, repetition))
        {
            yield return call;
        }
    }

    private IEnumerable<TargetedCall> CallsOfRange(ScriptStep step, int slot, int repetition)
    {
        if (step.Kind == CallKind.Exit)
        {
            Call exit = CpuCall(step, slot);
            IReadOnlyList<DeviceHandle> last = _processes.Exit(slot);
            yield return new TargetedCall(ICallSystem.CpuMemory, exit);
            Check(step, 0, repetition);
            foreach (DeviceHandle handle in last)
            {
                yield return OfHandle(handle, CallKind.Close);
            }

            yield break;
        }

        if (CallOf(step, slot, repetition) is { } call)
        {
            yield return call;
            Check(step, 0, repetition);
            if (step.Kind == CallKind.Fork && _result!.Error == Errno.None)
            {
                AddChild(step, slot);
            }
            else if (step.Kind == CallKind.Open && _result!.Error != Errno.None)
            {
                _processes.Close(slot, step.Device, isInherited: false);
            }
        }
    }

    private TargetedCall? CallOf(ScriptStep step, int slot, int repetition)
    {
        switch (step.Kind)
        {
            case CallKind.Fork:
                return new TargetedCall(ICallSystem.CpuMemory, CpuCall(step, slot) with { Child = _processes.NextSpace });
            case CallKind.Open when _processes.OwnHandle(slot, step.Device) is not null:
                Fail(step, step.Word, "a device that is not open", "it is");
                return null;
            case CallKind.Open:
                return OfHandle(_processes.Open(slot, step.Device), CallKind.Open);
        }

        Call range = CpuCall(step, slot);
        if (step.Pages.Count > 0)
        {
            bool isPlaced = step.Kind != CallKind.ReadPins;
            range = range with { Begin = isPlaced ? PageOf(step.Buffer, step.Pages.First) : default, PageCount =
                step.Pages.Count };
        }

        return range.IsForDriver ? DriverCallOf(step, slot, range, repetition) : new TargetedCall(ICallSystem.CpuMemory, range);
    }

    private TargetedCall? DriverCallOf(ScriptStep step, int slot, Call range, int repetition)
    {
        DeviceHandle? handle = step.IsInherited ? _processes.InheritedHandle(slot, step.Device)
            : _processes.OwnHandle(slot, step.Device);
        if (handle is null)
        {
            Fail(step, step.Word, "a handle that is open", "there is none");
            return null;
        }

        if (step.Kind == CallKind.Close)
        {
            return _processes.Close(slot, step.Device, step.IsInherited) is { } last ? OfHandle(last, CallKind.Close) : null;
        }

        ulong value = step.Kind == CallKind.SetFlags ? (ulong)step.Count : step.Values.Of(0, repetition);
        return new TargetedCall(step.Device, range with { Space = handle.Space, Mirror = handle.Mirror, Value = value });
    }

    private static TargetedCall OfHandle(DeviceHandle handle, CallKind kind) =>
        new(handle.Device, new Call { Kind = kind, Space = handle.Space, Mirror = handle.Mirror });

    private Call CpuCall(ScriptStep step, int slot) => new()
    {
        Kind = step.Kind,
        Space = _processes.SpaceOf(slot),
        Protections = step.Protections,
        Backing = step.Backing,
        File = FileOf(step),
        FileOffsetPages = step.File >= 0 ? step.Pages.First : 0,
        Advice = step.Advice,
        Target = step.Kind == CallKind.Remap ? PageOf(step.TargetBuffer, step.TargetPage) : default,
        KeepsSource = step.KeepsSource,
        PageCount = step.Kind == CallKind.Truncate ? step.Count : 0,
        IsWrite = step.IsWrite,
    };

    private FileId FileOf(ScriptStep step) => step.File >= 0
        ? _files[step.File]
        : step.Kind == CallKind.Map && step.Backing is AreaBacking.SharedAnonymous or AreaBacking.DriverPages ? _processes.MakeUnnamedFile() : default;

    private void AddChild(ScriptStep step, int parent)
    {
        int slot = Enumerable.Range(0, _processes.Slots).First(free => !_processes.IsAlive(free));
        _processes.Fork(parent, slot);
        _slots[step.Child] = slot;
    }

    private void Check(ScriptStep step, int page, int repetition)
    {
        if (ExpectationCheck.ProblemOf(step, _result!, page, repetition, GoesByPage(step.Kind)) is { } problem)
        {
            string place = GoesByPage(step.Kind)
                ? string.Create(CultureInfo.InvariantCulture, $"{step.Word} of page {step.Pages.First + page}") : step.Word;
            Fail(step, place, problem, ListingText.Fit(ExpectationCheck.TextOf(_result!), 100));
        }
    }

    private void Fail(ScriptStep step, string place, string expected, string actual) =>
        _failures.Add(new ScriptFailure(step.Line, place, expected, actual));
}
