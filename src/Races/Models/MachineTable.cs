using System.Collections.Concurrent;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
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

    public Message MessageOf(ulong word) => new StateReader(Contents[word]) { BehaviourOnly = true }.Message();

    /// <summary>What properties need of a machine's state; made when it is met first, here or in the process that this one goes on from.</summary>
    public MachineView ViewOf(ulong state) => _views.TryGetValue(state, out MachineView? known) ? known : _views.GetOrAdd(state, Look(state));

    /// <inheritdoc cref="ViewOf"/>
    public Outbox OutboxOf(ulong word) =>
        _outboxes.TryGetValue(word, out Outbox? known) ? known : _outboxes.GetOrAdd(word, Outbox.FromBytes(Contents[word], World.Count));

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
        return _steps.TryGetValue((state, input), out MachineStep? known)
            ? known
            : _steps.GetOrAdd((state, input), Attempt(position, state, thread, operation));
    }

    /// <summary>The machine of a state, to be looked at; until this thread loads another state of it.</summary>
    public CpuMemory LoadHome(ulong state)
    {
        CpuMemory home = MachineScratch.Of(World).Home;
        home.Load(ReaderOf(state));
        return home;
    }

    /// <inheritdoc cref="LoadHome"/>
    public DeviceMemory LoadDevice(int position, ulong state)
    {
        DeviceMemory device = MachineScratch.Of(World).Device(position);
        device.Load(ReaderOf(state));
        return device;
    }

    /// <summary>The word that a machine in this state has when everything is named anew.</summary>
    public ulong RenameMachine(ulong state, StateRenaming names)
    {
        StateReader reader = new(Contents[state]) { BehaviourOnly = true, Renaming = names };
        StateWriter writer = NewWriter();
        MemoryId memory = reader.Memory();
        writer.Memory(memory);
        int position = World.PositionOf(memory);
        if (position == 0)
        {
            CpuMemory home = MachineScratch.Of(World).Home;
            home.Load(reader);
            home.Save(writer);
        }
        else
        {
            DeviceMemory device = MachineScratch.Of(World).Device(position);
            device.Load(reader);
            device.Save(writer);
        }

        return Contents.Add(writer.Written);
    }

    /// <summary>The word of a message when everything is named anew.</summary>
    public ulong RenameMessage(ulong message, StateRenaming names) =>
        Add(new StateReader(Contents[message]) { BehaviourOnly = true, Renaming = names }.Message());

    private MachineView Look(ulong state)
    {
        int position = World.PositionOf(new StateReader(Contents[state]).Memory());
        return position == 0 ? MachineView.Of(LoadHome(state), World) : MachineView.Of(LoadDevice(position, state), World);
    }

    private StateReader ReaderOf(ulong state)
    {
        StateReader reader = new(Contents[state]) { BehaviourOnly = true };
        reader.Memory();
        return reader;
    }

    private static StateWriter NewWriter() => new() { BehaviourOnly = true };

    private ulong Keep(Outbox outbox)
    {
        ulong word = Contents.Add(outbox.ToBytes());
        _outboxes.TryAdd(word, outbox);
        return word;
    }

    private ulong Keep(CpuMemory? home, DeviceMemory? device)
    {
        StateWriter writer = NewWriter();
        writer.Memory(home?.Id ?? device!.Id); // equal states of two memories are not the same
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
        catch (Exception exception) when (
            exception is ImpossibleStepException or InvalidOperationException or OutOfFramesException
                or KeyNotFoundException or NullReferenceException or ArgumentException)
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
                sent.Add((QueueOf(World.PositionOf(message.To), going), Add(going)));
            }
            else if (ThreadEvent.Of(message, effect) is { } told)
            {
                events.Add(told);
            }
        }

        ulong next = Keep(home, device);
        (int violation, string? problem) = StepChecks.Check(ViewOf(state), ViewOf(next), message, messages, World);
        return new MachineStep(next, sent, events, violation, problem);
    }

    /// <summary>
    /// The queue of its sender's outbox that a message goes into; -1 for a timer. The sender need not be whom the message says it is from: a home
    /// passes accesses of peers on.
    /// </summary>
    public int QueueOf(int sender, Message message)
    {
        int to = World.PositionOf(message.To);
        bool mayBeOvertaken = message.Kind == MessageKind.PageData
            || (message.Kind == MessageKind.RangeFaultReply && World.Spec.Replies == ReplyOrder.Overtaken);
        return sender == to ? -1 : mayBeOvertaken ? Outbox.CopyTo(to, World.Count) : Outbox.ControlTo(to);
    }

    /// <summary>The word of what a machine is now.</summary>
    public ulong WordOf(CpuMemory home) => Keep(home, null);

    /// <inheritdoc cref="WordOf(CpuMemory)"/>
    public ulong WordOf(DeviceMemory device) => Keep(null, device);

    /// <summary>The word of what is on its way from a machine.</summary>
    public ulong WordOf(Outbox outbox) => Keep(outbox);

    private MachineStep Attempt(int position, ulong state, int thread, Operation operation)
    {
        CpuMemory? home = position == 0 ? LoadHome(state) : null;
        DeviceMemory? device = position == 0 ? null : LoadDevice(position, state);
        AccessOutcome outcome = home is not null ? ProcessorAccess.Attempt(home, thread, operation) : ProcessorAccess.Attempt(device!, thread, operation);
        if (outcome.Problem is not null)
        {
            return new MachineStep(state, [], [], RaceProperties.NoStaleMapping, outcome.Problem);
        }

        ThreadEvent told = new(outcome.Kind, thread, null, outcome.Value);
        if (outcome.Fault is { } fault)
        {
            MachineStep step = Take(home, device, state, fault);
            return step.Events.Any(happened => happened.Thread == thread) ? step : step with { Events = [told, .. step.Events] };
        }

        return outcome.Remote is { } remote
            ? new MachineStep(state, [(Outbox.ControlTo(World.PositionOf(remote.To)), Add(remote))], [told], -1, null)
            : new MachineStep(Keep(home, device), [], [told], -1, null);
    }
}
