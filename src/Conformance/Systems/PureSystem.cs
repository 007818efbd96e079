using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Conservation;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Systems;

/// <summary>
/// The protocol machines of one host with two devices, without actors and without time: every message is delivered in the order of its
/// sending, until nothing is under way.
/// </summary>
public sealed class PureSystem : ICallSystem
{
    private const int Devices = 2;
    private const int InPlaceMemories = 3;
    private static readonly SystemLayout PrivateLayout = LayoutOf(MemoryType.DevicePrivate);
    private static readonly SystemLayout CoherentLayout = LayoutOf(MemoryType.DeviceCoherent);
    private static readonly MemoryId Cpu = new(1);

    private readonly SystemLayout _layout;
    private readonly CpuMemory _cpu;
    private readonly DeviceMemory?[] _devices = new DeviceMemory?[Devices + InPlaceMemories];
    private readonly Queue<Message> _messages = new();
    private readonly EffectBuffer _effects = new();
    private CallResult? _result;

    /// <summary>A system whose memories are empty.</summary>
    public PureSystem(DeviceMemoryKind kind)
    {
        _layout = kind == DeviceMemoryKind.Private ? PrivateLayout : CoherentLayout;
        _cpu = new CpuMemory(new CpuMemorySpec { Id = Cpu }, _layout);
    }

    /// <summary>The CPU memory.</summary>
    public CpuMemory CpuMemory => _cpu;

    /// <summary>Devices 0 and 1, then memories that are mapped in place: persistent memory with a file system, device-dax, a PCI BAR.</summary>
    public IReadOnlyList<DeviceMemory> DeviceMemories => [.. Enumerable.Range(0, _devices.Length).Select(Device)];

    /// <summary>What the conservation checks find wrong now, one line each.</summary>
    public IReadOnlyList<string> Check() => ConservationCheck.Run(_layout, [_cpu], DeviceMemories);

    /// <inheritdoc/>
    public void MakeFile(FileId file, IReadOnlyList<ulong> pageValues) =>
        Perform(ICallSystem.CpuMemory, new Call { Kind = CallKind.CreateFile, File = file, PageValues = pageValues });

    /// <inheritdoc/>
    public CallResult Perform(int device, Call call)
    {
        _result = null;
        _messages.Enqueue(new Message
        {
            Kind = MessageKind.Call,
            From = Cpu,
            To = device == ICallSystem.CpuMemory ? Cpu : DeviceId(device),
            Block = new BlockKey(call.Space, call.Begin.Block),
            Call = call,
        });
        while (_messages.TryDequeue(out Message? message))
        {
            Deliver(message);
        }

        return _result ?? throw new InvalidOperationException($"{call.Kind} has not ended, and nothing is under way");
    }

    /// <inheritdoc/>
    public PageObservation Observe(AddressSpaceId space, VirtualPageNumber page) => PageObserver.Observe(_cpu, Device(0), space, page);

    /// <inheritdoc/>
    public byte Permission(int device, uint mirror, AddressSpaceId space, VirtualPageNumber page) =>
        _cpu.PermissionOf(DeviceId(device), space, page);

    private static MemoryId DeviceId(int device) => new((uint)device + 2);

    /// <summary>The machine of a memory, made when it is first asked for: most scripts need few.</summary>
    private DeviceMemory Device(int device) => _devices[device] ??= new DeviceMemory(
        new DeviceMemorySpec { Id = DeviceId(device), FaultGranularityPages = 1, CpuFaultGranularityPages = 1 }, _layout);

    private void Deliver(Message message)
    {
        _effects.Clear();
        _ = message.To == Cpu
            ? _cpu.Step(default, message, _effects)
            : Device((int)message.To.Value - 2).Step(default, message, _effects);
        for (int i = 0; i < _effects.Count; i++)
        {
            ref readonly Effect effect = ref _effects[i];
            if (effect.Message is { } sent)
            {
                _messages.Enqueue(sent);
            }
            else if (effect.Kind == EffectKind.Complete)
            {
                _result = effect.Result;
            }
        }
    }

    private static SystemLayout LayoutOf(MemoryType type) => new(
        new MemoryMap([
            Memory(1, "ram", MemoryType.Ram, 1 << 20, 1 << 18),
            Memory(2, "dev0", type, 1 << 22, 1 << 17),
            Memory(3, "dev1", type, 1 << 23, 1 << 17),
            Memory(4, "pmem", MemoryType.FsDax, 1 << 24, 1 << 6),
            Memory(5, "dax", MemoryType.DeviceGeneric, 1 << 25, 1 << 6),
            Memory(6, "bar", MemoryType.PciP2p, 1 << 26, 1 << 6),
        ]),
        [],
        TracksValues: true);

    private static MemorySpec Memory(uint id, string name, MemoryType type, ulong firstFrame, long frames) => new()
    {
        Id = new MemoryId(id),
        Name = name,
        Host = default,
        Type = type,
        FirstFrame = new PageFrameNumber(firstFrame),
        FrameCount = frames,
    };
}
