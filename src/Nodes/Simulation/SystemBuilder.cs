using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Simulation;

/// <summary>Makes the nodes of a run from a scenario: numbers memories, lays out frames and addresses, opens the streams.</summary>
internal sealed class SystemBuilder
{
    /// <summary>
    /// What a CPU touch on a range of another host brings along: Linux maps 64 KiB around a fault (<c>fault_around_bytes</c>);
    /// that as much is fetched from another host is an assumption.
    /// </summary>
    private const int LentGranularityPages = 16;

    private const ulong FirstFrame = 1 << 20;

    private readonly Scenario _scenario;
    private readonly List<MemorySpec> _memories = [];
    private readonly List<string> _nodeNames = [];
    private readonly Dictionary<MemoryId, int> _nodeOf = [];
    private readonly Dictionary<string, MemoryId> _memoryOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemoryId> _lentBy = new(StringComparer.Ordinal);
    private ulong _nextFrame = FirstFrame;

    private SystemBuilder(Scenario scenario) => _scenario = scenario;

    /// <summary>The nodes in the order of the scenario: each host's CPU, then its devices; then the switches.</summary>
    public static IReadOnlyList<Node> Build(Scenario scenario) => Build(scenario, static _ => true).Nodes;

    /// <summary>The nodes that are wanted, by position, and what all nodes know; no other node is made.</summary>
    public static (SystemPlan Plan, IReadOnlyList<Node> Nodes) Build(Scenario scenario, Func<int, bool> isWanted) =>
        new SystemBuilder(scenario).Build(isWanted);

    private (SystemPlan Plan, IReadOnlyList<Node> Nodes) Build(Func<int, bool> isWanted)
    {
        foreach ((HostSpec host, int number) in _scenario.Hosts.Select((host, number) => (host, number)))
        {
            AddMemories(host, new HostId((ushort)number));
        }

        _nodeNames.AddRange(_scenario.Switches);
        AddressMap addresses = new(_scenario, _memoryOf);
        SystemPlan plan = new()
        {
            Layout = new SystemLayout(
                new MemoryMap(_memories),
                addresses.Areas.Count == 0 ? [] : [new AddressSpaceLayout(default, addresses.Areas)],
                _scenario.TrackValues),
            Graph = new InterconnectGraph(
                _nodeNames, _scenario.Links, _scenario.Hosts.SelectMany(host => host.Devices.Select(device => device.Name))),
            NodeOf = _nodeOf,
            NodesWaitingForStream = WaitingNodes(),
        };
        StreamBuilder streams = new(_scenario, addresses);
        var nodes = new List<Node>();
        int index = 0;
        foreach (HostSpec host in _scenario.Hosts)
        {
            Add(position => CpuOf(plan, position, host.Cpu, streams));
            foreach (DeviceSpec device in host.Devices)
            {
                Add(position => DeviceOf(plan, position, device, streams));
            }
        }

        foreach (string _ in _scenario.Switches)
        {
            Add(position => new Node(plan, position));
        }

        return (plan, nodes);

        void Add(Func<int, Node> make)
        {
            if (isWanted(index))
            {
                nodes.Add(make(index));
            }

            index++;
        }
    }

    private void AddMemories(HostSpec host, HostId number)
    {
        int cpuNode = _nodeNames.Count;
        _nodeNames.Add(host.Cpu.Name);
        long lentPages = host.Cpu.GuestRam.Pages;
        _memoryOf.Add(host.Cpu.Name, AddMemory(host.Cpu.Name, number, MemoryType.Ram, host.Cpu.Ram.Pages - lentPages, PeerCopy.Direct, cpuNode));
        if (lentPages > 0)
        {
            _lentBy.Add(host.Cpu.Name, AddMemory($"{host.Cpu.Name}.lent", number, MemoryType.RemoteRam, lentPages, PeerCopy.Direct, cpuNode));
        }

        foreach (DeviceSpec device in host.Devices)
        {
            int node = _nodeNames.Count;
            _nodeNames.Add(device.Name);
            _memoryOf.Add(device.Name, AddMemory(device.Name, number, TypeOf(device), device.Memory.Pages, device.PeerCopy, node));
        }
    }

    private static MemoryType TypeOf(DeviceSpec device) =>
        device.MemoryKind == DeviceMemoryKind.Coherent ? MemoryType.DeviceCoherent : MemoryType.DevicePrivate;

    private MemoryId AddMemory(string name, HostId host, MemoryType type, long frames, PeerCopy peerCopy, int node)
    {
        MemoryId id = new((uint)_memories.Count + 1);
        _memories.Add(new MemorySpec
        {
            Id = id,
            Name = name,
            Host = host,
            Type = type,
            FirstFrame = new PageFrameNumber(_nextFrame),
            FrameCount = frames,
            PeerCopy = peerCopy,
        });
        _nextFrame = (_nextFrame + (ulong)frames + VirtualBlockNumber.Pages - 1) & ~(VirtualBlockNumber.Pages - 1UL);
        _nodeOf.Add(id, node);
        return id;
    }

    private IReadOnlyList<int>[] WaitingNodes() =>
    [
        .. _scenario.Streams.Select(ended => _scenario.Streams
            .Where(stream => stream.Processor != ended.Processor && stream.StartAfter.Contains(ended.Name))
            .Select(stream => _nodeNames.IndexOf(stream.Processor))
            .Distinct()
            .Order()
            .ToArray()),
    ];

    private CpuNode CpuOf(SystemPlan plan, int index, CpuSpec cpu, StreamBuilder streams)
    {
        DeviceMemorySpec? lent = !_lentBy.TryGetValue(cpu.Name, out MemoryId id) ? null : new DeviceMemorySpec
        {
            Id = id,
            PageOverhead = cpu.PageOverhead,
            ReplayPolicy = ReplayPolicy.Batch,
            FaultGranularityPages = LentGranularityPages,
            CpuFaultGranularityPages = LentGranularityPages,
        };
        CpuMemorySpec home = new() { Id = _memoryOf[cpu.Name], TlbShootdown = cpu.TlbShootdown, PageOverhead = cpu.PageOverhead };
        return new CpuNode(plan, index, home, lent, cpu.FaultOverhead, streams.BuildFor(cpu.Name));
    }

    private DeviceNode DeviceOf(SystemPlan plan, int index, DeviceSpec device, StreamBuilder streams)
    {
        DeviceMemorySpec spec = new()
        {
            Id = _memoryOf[device.Name],
            FaultBufferEntries = device.FaultBufferEntries,
            BatchSize = device.BatchSize,
            BatchOverhead = device.BatchOverhead,
            BlockOverhead = device.BlockOverhead,
            PageOverhead = device.PageOverhead,
            ReplayLatency = device.ReplayLatency,
            ReplayPolicy = device.ReplayPolicy,
            FaultGranularityPages = (int)device.MigrationGranularity.Pages,
            CpuFaultGranularityPages = (int)device.CpuFaultGranularity.Pages,
        };
        return new DeviceNode(plan, index, spec, device.FaultLatency, streams.BuildFor(device.Name));
    }
}
