using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Races.Worlds;

/// <summary>The machines of a small system: the same classes that simulations run, or a mutant's.</summary>
public sealed class World
{
    /// <summary>The address space that every world begins with.</summary>
    public static readonly AddressSpaceId FirstSpace = new(0);

    /// <summary>From the first frame of a memory to that of the next.</summary>
    internal const ulong FramesApart = 0x1000;

    private static readonly VirtualPageNumber FirstPage = new(0x200);

    /// <summary>A world with nothing in it but the areas of its address space.</summary>
    public World(WorldSpec spec, IMachineMaker maker)
    {
        Spec = spec;
        Maker = maker;
        MemoryType device = spec.Kind == DeviceMemoryKind.Coherent ? MemoryType.DeviceCoherent : MemoryType.DevicePrivate;
        List<(MemoryType Type, ushort Host, string Name)> memories = [(MemoryType.Ram, 0, "cpu")];
        if (spec.Topology == Topology.OneHost)
        {
            memories.AddRange(Enumerable.Range(1, spec.Devices).Select(number => (device, (ushort)0, $"device{number}")));
        }
        else
        {
            memories.AddRange([(device, (ushort)0, "device1"), (device, (ushort)1, "device2"), (MemoryType.RemoteRam, (ushort)1, "lent-ram")]);
        }

        Names = [.. memories.Select(memory => memory.Name)];
        Layout = new SystemLayout(
            new MemoryMap(memories.Select((memory, position) => new MemorySpec
            {
                Id = IdOf(position),
                Name = memory.Name,
                Host = new HostId(memory.Host),
                Type = memory.Type,
                FirstFrame = new PageFrameNumber(FramesApart * (ulong)(position + 1)),
                FrameCount = memory.Type == MemoryType.Ram ? spec.RamFrames : spec.DeviceFrames,
                PeerCopy = spec.PeerCopy,
            })),
            [new AddressSpaceLayout(FirstSpace, [new VmArea { Name = "pages", Begin = FirstPage, PageCount = spec.Pages, Home = IdOf(0) }])],
            TracksValues: true);
    }

    /// <summary>Sizes and kinds.</summary>
    public WorldSpec Spec { get; }

    /// <summary>Who makes the machines.</summary>
    public IMachineMaker Maker { get; }

    /// <summary>What the machines know of each other.</summary>
    public SystemLayout Layout { get; }

    /// <summary>Names of the machines by position; the home is the first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of machines.</summary>
    public int Count => Names.Count;

    /// <summary>The memory at a position.</summary>
    public static MemoryId IdOf(int position) => new((uint)position + 1);

    /// <summary>The position of a memory.</summary>
    public static int PositionOf(MemoryId id) => (int)id.Value - 1;

    /// <summary>The memory that a frame belongs to; the home answers for the zero page.</summary>
    public static MemoryId OwnerOf(PageFrameNumber frame) => frame == PageFrameNumber.ZeroPage ? IdOf(0) : IdOf((int)(frame.Value / FramesApart) - 1);

    /// <summary>A page of the address space, counted from 0.</summary>
    public static VirtualPageNumber PageOf(int page) => FirstPage + page;

    /// <summary>A new home.</summary>
    public CpuMemory NewHome() => Maker.NewHome(new CpuMemorySpec { Id = IdOf(0), TlbShootdown = new VirtualDuration(1) }, Layout);

    /// <summary>A new device, or new lent RAM.</summary>
    public DeviceMemory NewDevice(int position) =>
        Maker.NewDevice(new DeviceMemorySpec { Id = IdOf(position), FaultGranularityPages = 1, CpuFaultGranularityPages = 1 }, Layout);
}
