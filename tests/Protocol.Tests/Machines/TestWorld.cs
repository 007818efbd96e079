using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Conservation;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.State;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Tests.Machines;

/// <summary>
/// The machines of a small system without actors and without time: a chooser picks the next delivery. Control messages are
/// first-in first-out for each pair of endpoints; copies and timers come in any order.
/// </summary>
public sealed class TestWorld
{
    public static readonly AddressSpaceId Space = new(0);
    private readonly Dictionary<MemoryId, CpuMemory> _homes = [];
    private readonly Dictionary<MemoryId, DeviceMemory> _devices = [];
    private readonly Dictionary<MemoryId, DeviceMemorySpec> _deviceSpecs = [];
    private readonly SortedDictionary<(uint From, uint To), Queue<Message>> _channels = [];
    private readonly List<Message> _loose = [];
    private readonly EffectBuffer _effects = new();
    private long _time;

    public TestWorld(SystemLayout layout, Func<MemorySpec, DeviceMemorySpec>? deviceSpec = null)
    {
        Layout = layout;
        foreach (MemorySpec memory in layout.Memories.Memories)
        {
            if (memory.Type == MemoryType.Ram)
            {
                _homes.Add(memory.Id, NewHome(memory.Id));
            }
            else
            {
                _deviceSpecs.Add(
                    memory.Id,
                    deviceSpec?.Invoke(memory)
                        ?? new DeviceMemorySpec { Id = memory.Id, FaultGranularityPages = 1, CpuFaultGranularityPages = 1 });
                _devices.Add(memory.Id, NewDevice(memory.Id));
            }
        }
    }

    public SystemLayout Layout { get; }

    /// <summary>What a message becomes on its way, when its turn has come: itself, nothing, something else, or more than one.</summary>
    public Func<Message, IEnumerable<Message>> Network { get; set; } = message => [message];

    public Dictionary<(NoteKind Note, byte Detail), long> Notes { get; } = [];

    public List<string> Log { get; } = [];

    /// <summary>Called for each wake (thread, value) and replay (thread -1) of an endpoint.</summary>
    public Action<MemoryId, int, ulong> OnWake { get; set; } = (_, _, _) => { };

    /// <summary>Called when a call of a thread has ended.</summary>
    public Action<int, CallResult> OnComplete { get; set; } = (_, _) => { };

    /// <summary>Called after each delivery.</summary>
    public Action<Message> OnDelivered { get; set; } = _ => { };

    /// <summary>Whether the machine that took a step is replaced by one that its saved state was loaded into.</summary>
    public bool Reloads { get; set; }

    public int PendingCount => _loose.Count + _channels.Values.Count(queue => queue.Count > 0);

    public CpuMemory Home(uint id) => _homes[new MemoryId(id)];

    public DeviceMemory Device(uint id) => _devices[new MemoryId(id)];

    public static SystemLayout TwoDevices(
        long ramFrames = 64,
        long frames1 = 8,
        long frames2 = 8,
        bool direct = true,
        int pages = 16,
        bool writable = true,
        MemoryType type = MemoryType.DevicePrivate) =>
        new(
            new MemoryMap(
            [
                Memory(1, 0, MemoryType.Ram, 0x1000, ramFrames, direct),
                Memory(2, 0, type, 0x10000, frames1, direct),
                Memory(3, 0, type, 0x20000, frames2, direct),
            ]),
            [new AddressSpaceLayout(Space, [Area("a", 0x200, pages, 1, writable)])],
            TracksValues: true);

    public static SystemLayout TwoHosts(long frames = 8) =>
        new(
            new MemoryMap(
            [
                Memory(1, 0, MemoryType.Ram, 0x1000, 64, true),
                Memory(2, 0, MemoryType.DevicePrivate, 0x10000, frames, true),
                Memory(3, 0, MemoryType.RemoteRam, 0x20000, frames, true),
                Memory(4, 1, MemoryType.Ram, 0x30000, 64, true),
                Memory(5, 1, MemoryType.DevicePrivate, 0x40000, frames, true),
                Memory(6, 1, MemoryType.RemoteRam, 0x50000, frames, true),
            ]),
            [new AddressSpaceLayout(Space, [Area("a", 0x200, 8, 1, true), Area("b", 0x400, 8, 4, true)])],
            TracksValues: true);

    public void Inject(Message message) => Deliver(message);

    /// <summary>Puts a message at the end of its channel.</summary>
    public void Send(Message message)
    {
        var key = (message.From.Value, message.To.Value);
        if (!_channels.TryGetValue(key, out Queue<Message>? queue))
        {
            queue = new Queue<Message>();
            _channels.Add(key, queue);
        }

        queue.Enqueue(message);
    }

    public Message CpuFault(uint home, VirtualPageNumber page, bool write, int thread = 0) => Touch(MessageKind.CpuFault, home, page, write, thread, default);

    public Message DeviceFault(uint device, VirtualPageNumber page, bool write, int thread = 0, FaultAction action = FaultAction.Migrate) =>
        Touch(MessageKind.DeviceFault, device, page, write, thread, action);

    /// <summary>An access of a device to the frame that it has mapped for the page.</summary>
    public Message RemoteAccess(uint device, VirtualPageNumber page, bool write, int thread = 0, ulong value = 0)
    {
        BlockKey block = new(Space, page.Block);
        PageFrameNumber frame = Device(device).Entry(Space, page).Frame;
        return new Message
        {
            Kind = MessageKind.RemoteAccess,
            From = new MemoryId(device),
            To = frame == PageFrameNumber.ZeroPage ? Layout.HomeOf(block) : Layout.Memories.Of(frame).Id,
            Block = block,
            Pages = PageMask.Of(page.IndexInBlock),
            Frames = new PageFrames(frame + -page.IndexInBlock),
            Thread = thread,
            IsWrite = write,
            Value = value,
        };
    }

    /// <summary>A call of a process to its home, or to the driver of a device.</summary>
    public static Message CallOf(Call call, int thread = 0, uint home = 1, uint device = 0) => new()
    {
        Kind = MessageKind.Call,
        From = new MemoryId(home),
        To = new MemoryId(call.IsForDriver ? device : home),
        Block = new BlockKey(call.Space, call.Begin.Block),
        Thread = thread,
        Call = call,
    };

    /// <summary>A munmap by a process of a home.</summary>
    public static Message Unmap(VirtualPageNumber begin, long pages, int thread = 0, uint home = 1) =>
        CallOf(new Call { Kind = CallKind.Unmap, Space = Space, Begin = begin, PageCount = pages }, thread, home);

    /// <summary>Delivers pending messages, chosen by <paramref name="choose"/> (count to index), until none is left.</summary>
    public void Drain(Func<int, int> choose, int limit = 100_000)
    {
        while (PendingCount > 0)
        {
            if (limit-- == 0)
            {
                throw new InvalidOperationException("the world does not come to rest");
            }

            DeliverOne(choose(PendingCount));
        }
    }

    public void Drain() => Drain(_ => 0);

    public void DeliverOne(int choice)
    {
        foreach (Queue<Message> queue in _channels.Values)
        {
            if (queue.Count > 0 && choice-- == 0)
            {
                Transmit(queue.Dequeue());
                return;
            }
        }

        Message message = _loose[choice];
        _loose.RemoveAt(choice);
        Transmit(message);
    }

    public IReadOnlyList<string> Check() => ConservationCheck.Run(Layout, _homes.Values, _devices.Values);

    public long Note(NoteKind note) => Notes.Where(pair => pair.Key.Note == note).Sum(pair => pair.Value);

    private static Message Touch(MessageKind kind, uint memory, VirtualPageNumber page, bool write, int thread, FaultAction action) => new()
    {
        Kind = kind,
        From = new MemoryId(memory),
        To = new MemoryId(memory),
        Block = new BlockKey(Space, page.Block),
        Pages = PageMask.Of(page.IndexInBlock),
        IsWrite = write,
        Thread = thread,
        Action = action,
    };

    private static MemorySpec Memory(uint id, ushort host, MemoryType type, ulong first, long frames, bool direct) => new()
    {
        Id = new MemoryId(id),
        Name = $"m{id}",
        Host = new HostId(host),
        Type = type,
        FirstFrame = new PageFrameNumber(first),
        FrameCount = frames,
        PeerCopy = direct ? PeerCopy.Direct : PeerCopy.ThroughRam,
    };

    private static VmArea Area(string name, ulong begin, int pages, uint home, bool writable) => new()
    {
        Name = name,
        Begin = new VirtualPageNumber(begin),
        PageCount = pages,
        Home = new MemoryId(home),
        IsWritable = writable,
    };

    private void Transmit(Message message)
    {
        foreach (Message arriving in Network(message))
        {
            Deliver(arriving);
        }
    }

    private void Deliver(Message message)
    {
        _time++;
        message.ActsAt = message.ActsAt == VirtualTime.Zero ? new VirtualTime(_time) : message.ActsAt;
        _effects.Clear();
        StepContext context = new(new VirtualTime(_time));
        Verdict verdict = _homes.TryGetValue(message.To, out CpuMemory? home)
            ? home.Step(context, message, _effects)
            : _devices[message.To].Step(context, message, _effects);
        if (Reloads)
        {
            Reload(message.To);
        }

        OnDelivered(message);
        Log.Add($"{verdict} {message.Kind} {message.From}->{message.To} {message.Pages}");
        for (int i = 0; i < _effects.Count; i++)
        {
            Perform(message.To, _effects[i]);
        }
    }

    private CpuMemory NewHome(MemoryId id) => new(new CpuMemorySpec { Id = id, TlbShootdown = new VirtualDuration(1) }, Layout);

    private DeviceMemory NewDevice(MemoryId id) => new(_deviceSpecs[id], Layout);

    private void Reload(MemoryId id)
    {
        StateWriter before = new();
        StateWriter after = new();
        StateReader reader;
        if (_homes.TryGetValue(id, out CpuMemory? home))
        {
            home.Save(before);
            home = NewHome(id);
            home.Load(reader = new StateReader(before.Written.ToArray()));
            home.Save(after);
            _homes[id] = home;
        }
        else
        {
            _devices[id].Save(before);
            DeviceMemory device = NewDevice(id);
            device.Load(reader = new StateReader(before.Written.ToArray()));
            device.Save(after);
            _devices[id] = device;
        }

        Assert.True(reader.IsAtEnd, "bytes are left over");
        Assert.True(before.Written.SequenceEqual(after.Written), $"{id}: what was loaded is not what was saved");
    }

    private void Perform(MemoryId self, in Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send:
                Send(effect.Message!);
                break;
            case EffectKind.Copy or EffectKind.SetTimer:
                _loose.Add(effect.Message!);
                break;
            case EffectKind.Wake:
                OnWake(self, effect.Thread, (ulong)effect.Amount);
                break;
            case EffectKind.Replay:
                OnWake(self, -1, 0);
                break;
            case EffectKind.Complete:
                OnComplete(effect.Thread, effect.Result!);
                break;
            case EffectKind.Note:
                Notes[(effect.Note, effect.Detail)] = Notes.GetValueOrDefault((effect.Note, effect.Detail)) + effect.Amount;
                break;
        }
    }
}
