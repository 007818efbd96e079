using HmmSim.Conformance.Replay;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;

namespace HmmSim.Conformance.Tests.Replay;

/// <summary>
/// A double that says again what a script recorded, call by call, and can be told to say something else at one step. It proves
/// the bookkeeping around calls (processes, handles, windows, letters, fields), and that a wrong answer is found; it proves
/// nothing of memory.
/// </summary>
internal sealed class RecordedSystem : ICallSystem
{
    private readonly List<(int Step, CallResult Result)> _answers = [];
    private readonly List<(RecordedState State, Dictionary<AddressSpaceId, int> Slots)> _states = [];
    private int _next;
    private int _step = -1;

    public RecordedSystem(TraceScript script)
    {
        OperationTranslator translator = new();
        RecordedState state = new();
        for (int i = 0; i < script.Steps.Count; i++)
        {
            TraceStep step = script.Steps[i];
            RecordedState before = new();
            before.CopyFrom(state);
            TranslatedOperation translated = translator.Translate(step.Operation, before, step.Changes);
            state.Advance(step);
            CallResult result = ResultOf(step.Result);
            _answers.AddRange(translated.Calls.Select((_, call) => (i, call == 0 ? result : CallResult.Success)));
            if (translated.Calls.Count > 0)
            {
                translator.Complete(step.Operation, result);
            }

            RecordedState after = new();
            after.CopyFrom(state);
            _states.Add((after, Enumerable.Range(0, TraceScript.ProcessSlots).Where(translator.Processes.IsAlive).ToDictionary(translator.Processes.SpaceOf)));
        }
    }

    /// <summary>The step that is answered differently.</summary>
    public int WrongStep { get; init; } = -1;

    /// <summary>What is answered there instead.</summary>
    public Func<CallResult, CallResult> WrongResult { get; init; } = result => result;

    /// <summary>
    /// What is seen there, and from there on, instead: by slot, page of the address space, and what was recorded.
    /// </summary>
    public Func<VirtualPageNumber, PageObservation, PageObservation> WrongObservation { get; init; } = (_, seen) => seen;

    /// <summary>What a device sees there, and from there on, instead.</summary>
    public Func<int, byte, byte> WrongPermission { get; init; } = (_, permission) => permission;

    /// <summary>The calls that were performed.</summary>
    public List<TargetedCall> Calls { get; } = [];

    /// <summary>The files that were made.</summary>
    public List<(FileId File, IReadOnlyList<ulong> Values)> Files { get; } = [];

    private bool IsWrong => WrongStep >= 0 && _step >= WrongStep;

    public void MakeFile(FileId file, IReadOnlyList<ulong> pageValues) => Files.Add((file, pageValues));

    public CallResult Perform(int device, Call call)
    {
        Assert.Equal(call.IsForDriver, device != ICallSystem.CpuMemory);
        Calls.Add(new TargetedCall(device, call));
        (_step, CallResult result) = _answers[_next++];
        return _step == WrongStep ? WrongResult(result) : result;
    }

    public PageObservation Observe(AddressSpaceId space, VirtualPageNumber page)
    {
        WindowState state = Find(space, page, out int index);
        char letter = state.Entries[2 * index];
        char shared = state.Entries[(2 * index) + 1];
        ulong alone = letter is '.' or 'Z' ? 0 : (page.Value << 8) + space.Value + 1000;
        PageObservation seen = new(letter, shared == '-' ? alone : shared);
        return IsWrong ? WrongObservation(page, seen) : seen;
    }

    public byte Permission(int device, uint mirror, AddressSpaceId space, VirtualPageNumber page)
    {
        Assert.NotEqual(0u, mirror);
        WindowState state = Find(space, page, out int index);
        byte permission = Convert.FromHexString(state.Permissions(device).AsSpan(2 * index, 2))[0];
        return IsWrong ? WrongPermission(device, permission) : permission;
    }

    private WindowState Find(AddressSpaceId space, VirtualPageNumber page, out int index)
    {
        (RecordedState state, Dictionary<AddressSpaceId, int> slots) = _states[_step];
        long offset = (long)(page.Value - WindowAddresses.PageOf(0, 0).Value);
        index = (int)(offset % TraceScript.WindowPages);
        return state[slots[space], (int)(offset / TraceScript.WindowPages)]!;
    }

    private static CallResult ResultOf(TraceResult result) => new()
    {
        Error = (Errno)(result.Error ?? 0),
        Signal = (result.Signal, result.Code) switch
        {
            (null, null) => FaultSignal.None,
            (11, 1) => FaultSignal.MapError,
            (11, 2) => FaultSignal.AccessError,
            (7, 2) => FaultSignal.BusError,
            _ => throw new InvalidOperationException($"signal {result.Signal}, code {result.Code}"),
        },
        PageCount = result.PageCount ?? 0,
        FaultCount = result.FaultCount ?? 0,
        Values = result.Values,
        Permissions = result.Permissions,
    };
}
