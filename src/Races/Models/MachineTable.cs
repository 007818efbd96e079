using System.Collections.Concurrent;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.State;
using HmmSim.Protocol.Steps;
using HmmSim.Races.Properties;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>
/// The steps of the machines of a world. A step depends on the machine's own state and on the message only, and the states of a system are
/// combinations of far fewer states of its machines; so each pair of state and message meets the real machine once. The answer is
/// remembered: nothing here knows the protocol.
/// </summary>
internal sealed class MachineTable
{
    private readonly ConcurrentDictionary<(ulong State, ulong Input), MachineStep> _steps = new();
    private readonly ConcurrentDictionary<ulong, MachineView> _views = new();
    private readonly ConcurrentDictionary<ulong, Outbox> _outboxes = new();
    private readonly ConcurrentDictionary<(ulong Outbox, int Queue), ulong> _shortened = new();
    private readonly ConcurrentDictionary<(ulong Outbox, MachineStep Step), ulong> _extended = new();

    public MachineTable(World world)
    {
        World = world;
        _outboxes[0] = Outbox.Empty(world.Count);
    }

    public World World { get; }

    public ContentTable Contents { get; } = new();

    /// <summary>Steps that a machine has taken; all others were remembered.</summary>
    public int StepCount => _steps.Count;

    /// <summary>The word of a machine's first state.</summary>
    public ulong FirstState(int position) => position == 0 ? Keep(World.NewHome(), null) : Keep(null, World.NewDevice(position));

    public ulong Add(Message message)
    {
        StateWriter writer = NewWriter();
        writer.Message(message);
        return Contents.Add(writer.Written);
    }

    public Message MessageOf(ulong word) => new StateReader(Contents[word]) { SkipsReportFields = true }.Message();

    public MachineView ViewOf(ulong state) => _views[state];

    public Outbox OutboxOf(ulong word) => _outboxes[word];

    public ulong Shorten(ulong outbox, int queue) =>
        _shortened.TryGetValue((outbox, queue), out ulong known) ? known : _shortened.GetOrAdd((outbox, queue), Keep(OutboxOf(outbox).Without(queue)));

    public ulong Extend(ulong outbox, MachineStep step) => step.Sent.Count == 0 ? outbox
        : _extended.TryGetValue((outbox, step), out ulong known) ? known
        : _extended.GetOrAdd((outbox, step), Keep(OutboxOf(outbox).With(step.Sent)));

    /// <summary>Delivers a message.</summary>
    public MachineStep Deliver(int position, ulong state, ulong message) =>
        _steps.TryGetValue((state, message), out MachineStep? known) ? known : _steps.GetOrAdd((state, message), Take(position, state, MessageOf(message)));

    /// <summary>An attempt of a processor that runs beside a memory to access a page.</summary>
    public MachineStep Access(int position, ulong state, int thread, Operation operation)
    {
        ulong input = 0x8000_0000_0000_0000 | ((ulong)position << 32) | ((ulong)thread << 16) | ((ulong)operation.Kind << 8) | (uint)operation.Page;
        return _steps.TryGetValue((state, input), out MachineStep? known) ? known : _steps.GetOrAdd((state, input), Attempt(position, state, thread, operation));
    }

    /// <summary>The machine of a state, to be looked at.</summary>
    public CpuMemory LoadHome(ulong state)
    {
        CpuMemory home = World.NewHome();
        home.Load(new StateReader(Contents[state]) { SkipsReportFields = true });
        return home;
    }

    /// <inheritdoc cref="LoadHome"/>
    public DeviceMemory LoadDevice(int position, ulong state)
    {
        DeviceMemory device = World.NewDevice(position);
        device.Load(new StateReader(Contents[state]) { SkipsReportFields = true });
        return device;
    }

    private static StateWriter NewWriter() => new() { SkipsReportFields = true };

    private ulong Keep(Outbox outbox)
    {
        ulong word = Contents.Add(outbox.ToBytes());
        _outboxes.TryAdd(word, outbox);
        return word;
    }

    private ulong Keep(CpuMemory? home, DeviceMemory? device)
    {
        StateWriter writer = NewWriter();
        home?.Save(writer);
        device?.Save(writer);
        ulong word = Contents.Add(writer.Written);
        if (!_views.ContainsKey(word))
        {
            _views.TryAdd(word, home is not null ? MachineView.Of(home, World) : MachineView.Of(device!, World));
        }

        return word;
    }

    private MachineStep Take(int position, ulong state, Message message) =>
        position == 0 ? Take(LoadHome(state), null, state, message) : Take(null, LoadDevice(position, state), state, message);

    private MachineStep Take(CpuMemory? home, DeviceMemory? device, ulong state, Message message)
    {
        EffectBuffer effects = new();
        try
        {
            _ = home?.Step(default, message, effects) ?? device!.Step(default, message, effects);
        }
        catch (Exception exception) when (exception is ImpossibleStepException or InvalidOperationException or OutOfFramesException or KeyNotFoundException or NullReferenceException or ArgumentException)
        {
            int property = exception is not ImpossibleStepException ? RaceProperties.References
                : message.Kind == MessageKind.RemoteAccess ? RaceProperties.NoStaleMapping // the frame that was mapped is free
                : RaceProperties.NoUnhandledMessage;
            return new MachineStep(state, [], [], property, exception.Message);
        }

        return Finish(home, device, state, message, effects);
    }

    private MachineStep Finish(CpuMemory? home, DeviceMemory? device, ulong state, Message message, EffectBuffer effects)
    {
        List<(int Queue, ulong Message)> sent = [];
        List<ThreadEvent> events = [];
        List<Message> messages = [];
        for (int index = 0; index < effects.Count; index++)
        {
            Effect effect = effects[index];
            if (effect.Message is { } going)
            {
                messages.Add(going);
                sent.Add((QueueOf(effect.Kind, going), Add(going)));
            }
            else if (effect.Kind == EffectKind.Wake)
            {
                // A CPU fault's thread tries again; a remote access has taken effect.
                bool isAccess = message.Kind is MessageKind.RemoteAccessReply or MessageKind.RemoteAccess;
                events.Add(new ThreadEvent(isAccess ? ThreadEventKind.Accessed : ThreadEventKind.Retries, effect.Thread, null, (ulong)effect.Amount));
            }
            else if (effect.Kind == EffectKind.Replay)
            {
                events.Add(new ThreadEvent(ThreadEventKind.Retries, -1, null, 0));
            }
            else if (effect.Kind == EffectKind.Complete)
            {
                events.Add(new ThreadEvent(ThreadEventKind.Completed, effect.Thread, effect.Result, 0));
            }
        }

        ulong next = Keep(home, device);
        (int violation, string? problem) = StepChecks.Check(ViewOf(state), ViewOf(next), message, messages, World);
        return new MachineStep(next, sent, events, violation, problem);
    }

    private int QueueOf(EffectKind kind, Message message)
    {
        int to = World.PositionOf(message.To);
        bool mayBeOvertaken = kind == EffectKind.Copy || (message.Kind == MessageKind.RangeFaultReply && World.Spec.Replies == ReplyOrder.Overtaken);
        return kind == EffectKind.SetTimer ? -1 : mayBeOvertaken ? Outbox.CopyTo(to, World.Count) : Outbox.ControlTo(to);
    }

    private MachineStep Attempt(int position, ulong state, int thread, Operation operation)
    {
        VirtualPageNumber page = World.PageOf(operation.Page);
        bool isWrite = operation.Kind == OperationKind.Write;
        if (position == 0)
        {
            CpuMemory home = LoadHome(state);
            PageTableEntry entry = home.Entry(World.FirstSpace, page);
            return !home.Allows(World.FirstSpace, page, isWrite) ? new MachineStep(state, [], [new ThreadEvent(ThreadEventKind.Refused, thread, null, 0)], -1, null)
                : !entry.IsPresent || (isWrite && !entry.IsWritable) ? Fault(home, null, state, Touch(MessageKind.CpuFault, position, page, isWrite, thread))
                : entry.IsZeroPage || home.Ram.Owns(entry.Frame) ? TakeEffect(home, null, state, home.Ram, entry.Frame, isWrite, thread)
                : AccessRemotely(position, state, entry.Frame, page, isWrite, thread);
        }

        DeviceMemory device = LoadDevice(position, state);
        DeviceEntry translated = device.Entry(World.FirstSpace, page);
        return translated.Kind == DeviceEntryKind.Error ? new MachineStep(state, [], [new ThreadEvent(ThreadEventKind.Refused, thread, null, 0)], -1, null)
            : !(isWrite ? translated.IsWritable : translated.IsReadable) ? Fault(null, device, state, Touch(MessageKind.DeviceFault, position, page, isWrite, thread))
            : translated.IsLocal ? TakeEffect(null, device, state, device.Frames, translated.Frame, isWrite, thread)
            : AccessRemotely(position, state, translated.Frame, page, isWrite, thread);
    }

    private MachineStep Fault(CpuMemory? home, DeviceMemory? device, ulong state, Message fault)
    {
        MachineStep step = Take(home, device, state, fault);
        bool isOver = step.Events.Any(happened => happened.Thread == fault.Thread);
        return isOver ? step : step with { Events = [new ThreadEvent(ThreadEventKind.Stalled, fault.Thread, null, 0), .. step.Events] };
    }

    private MachineStep TakeEffect(CpuMemory? home, DeviceMemory? device, ulong state, FramePool frames, PageFrameNumber frame, bool isWrite, int thread)
    {
        if (frame == PageFrameNumber.ZeroPage)
        {
            return new MachineStep(state, [], [new ThreadEvent(ThreadEventKind.Accessed, thread, null, 0)], -1, null);
        }

        if (frames.References(frame) == 0)
        {
            return new MachineStep(state, [], [], RaceProperties.NoStaleMapping, $"the access reaches {frame}, which is free");
        }

        ulong value = frames.ReadValue(frame) + (isWrite ? 1UL : 0);
        if (isWrite)
        {
            frames.WriteValue(frame, value);
        }

        return new MachineStep(Keep(home, device), [], [new ThreadEvent(ThreadEventKind.Accessed, thread, null, value)], -1, null);
    }

    private MachineStep AccessRemotely(int position, ulong state, PageFrameNumber frame, VirtualPageNumber page, bool isWrite, int thread)
    {
        MemoryId to = frame == PageFrameNumber.ZeroPage ? World.IdOf(0) : World.Layout.Memories.Of(frame).Id;
        Message message = new()
        {
            Kind = MessageKind.RemoteAccess,
            From = World.IdOf(position),
            To = to,
            Block = new BlockKey(World.FirstSpace, page.Block),
            Pages = PageMask.Of(page.IndexInBlock),
            Frames = new PageFrames(frame + -page.IndexInBlock, null),
            Thread = thread,
            IsWrite = isWrite,
            IsAtomicAdd = isWrite,
            Value = isWrite ? 1UL : 0,
        };
        return new MachineStep(state, [(Outbox.ControlTo(World.PositionOf(to)), Add(message))], [new ThreadEvent(ThreadEventKind.Stalled, thread, null, 1)], -1, null);
    }

    private static Message Touch(MessageKind kind, int position, VirtualPageNumber page, bool isWrite, int thread) => new()
    {
        Kind = kind,
        From = World.IdOf(position),
        To = World.IdOf(position),
        Block = new BlockKey(World.FirstSpace, page.Block),
        Pages = PageMask.Of(page.IndexInBlock),
        IsWrite = isWrite,
        Thread = thread,
        Action = FaultAction.Migrate,
    };
}
