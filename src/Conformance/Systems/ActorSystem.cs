using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Nodes.Simulation;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Systems;

/// <summary>The same machines as real actors on lanes: every call and every answer is a message over links, in virtual time.</summary>
public sealed class ActorSystem : ICallSystem, IDisposable
{
    private const long Mebibyte = 1 << 20;
    private readonly CallSession _session;

    /// <summary>A host whose memories are empty.</summary>
    /// <param name="kind">What the devices' memory is to the CPU.</param>
    /// <param name="lanes">Lanes, at least 1.</param>
    public ActorSystem(DeviceMemoryKind kind, int lanes = 1) => _session = new CallSession(HostWith(kind), lanes);

    /// <summary>The session with its actors.</summary>
    public CallSession Session => _session;

    /// <inheritdoc/>
    public void MakeFile(FileId file, IReadOnlyList<ulong> pageValues) =>
        Perform(ICallSystem.CpuMemory, new Call { Kind = CallKind.CreateFile, File = file, PageValues = pageValues });

    /// <inheritdoc/>
    public CallResult Perform(int device, Call call) => _session.Perform(device, call);

    /// <inheritdoc/>
    public PageObservation Observe(AddressSpaceId space, VirtualPageNumber page) =>
        PageObserver.Observe(_session.CpuMemory, _session.DeviceMemories[0], space, page);

    /// <inheritdoc/>
    public byte Permission(int device, uint mirror, AddressSpaceId space, VirtualPageNumber page) =>
        _session.CpuMemory.PermissionOf(_session.DeviceMemories[device].Id, space, page);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    /// <summary>Two devices of 256 MiB as test_hmm has them, each on a PCIe link of its own.</summary>
    private static Scenario HostWith(DeviceMemoryKind kind) => new()
    {
        Name = "conformance",
        Seed = 0,
        TrackValues = true,
        Hosts =
        [
            new HostSpec
            {
                Name = "host0",
                Cpu = new CpuSpec
                {
                    Name = "cpu0",
                    Ram = new ByteSize(1024 * Mebibyte),
                    GuestRam = new ByteSize(0),
                    FaultOverhead = Microseconds(1),
                    TlbShootdown = Microseconds(4),
                    PageOverhead = VirtualDuration.Zero,
                },
                Devices = [DeviceOf("dev0", kind), DeviceOf("dev1", kind)],
            },
        ],
        Switches = [],
        Links = [.. LinksOf("dev0"), .. LinksOf("dev1")],
        Buffers = [],
        Streams = [],
    };

    private static DeviceSpec DeviceOf(string name, DeviceMemoryKind kind) => new()
    {
        Name = name,
        Memory = new ByteSize(256 * Mebibyte),
        FaultLatency = Microseconds(1),
        FaultBufferEntries = 256,
        BatchSize = 256,
        BatchOverhead = VirtualDuration.Zero,
        BlockOverhead = VirtualDuration.Zero,
        PageOverhead = VirtualDuration.Zero,
        ReplayPolicy = Protocol.Policies.ReplayPolicy.Batch,
        ReplayLatency = VirtualDuration.Zero,
        MigrationGranularity = new ByteSize(VirtualPageNumber.PageBytes),
        CpuFaultGranularity = new ByteSize(VirtualPageNumber.PageBytes),
        PeerCopy = PeerCopy.Direct,
        MemoryKind = kind,
    };

    private static IEnumerable<LinkSpec> LinksOf(string device) =>
    [
        new LinkSpec { From = "cpu0", To = device, Latency = Microseconds(1), Bandwidth = new Bandwidth(16_000_000_000) },
        new LinkSpec { From = device, To = "cpu0", Latency = Microseconds(1), Bandwidth = new Bandwidth(16_000_000_000) },
    ];

    private static VirtualDuration Microseconds(long count) => new(count * 1_000_000);
}
