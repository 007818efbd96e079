using System.Collections.Immutable;
using HmmSim.Nodes.Scenarios.Schema;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>Builds the scenario from the nodes of its file. After a problem it goes on with harmless values, to find the rest as well.</summary>
internal sealed partial class ScenarioBinder
{
    private readonly ProblemList _problems;
    private readonly NameTable _names;
    private readonly string _folder;

    public ScenarioBinder(ProblemList problems, string folder)
    {
        _problems = problems;
        _names = new NameTable(problems);
        _folder = folder;
    }

    /// <summary>The scenario; meaningful only if no problem was noted.</summary>
    public Scenario Bind(YamlNode root)
    {
        SectionReader file = new(root, ScenarioSchema.Root, _problems);
        ImmutableArray<HostSpec> hosts = [.. Sections(file, "hosts", ScenarioSchema.Host).Select(BindHost)];
        ImmutableArray<string> switches = [.. Sections(file, "switches", ScenarioSchema.Switch).Select(BindSwitch)];
        ImmutableArray<LinkSpec> links = BindLinks(file);
        CheckReachability(hosts, links);
        ImmutableArray<BufferSpec> buffers = BindBuffers(file, hosts);
        return new Scenario
        {
            Name = file.Value<string>("name") ?? "",
            Description = file.Value<string>("description") ?? "",
            Seed = file.Value<ulong>("seed"),
            TrackValues = file.Value<bool>("track_values"),
            Hosts = hosts,
            Switches = switches,
            Links = links,
            Buffers = buffers,
            Streams = BindStreams(file, hosts, buffers),
        };
    }

    private ImmutableArray<SectionReader> Sections(SectionReader parent, string key, SectionSpec spec)
    {
        int before = _problems.Count;
        ImmutableArray<YamlNode> nodes = parent.List(key);
        _names.Incomplete |= _problems.Count > before;
        return [.. nodes.Select(node => new SectionReader(node, spec, _problems))];
    }

    private string Named(SectionReader section, NameKind kind)
    {
        string? name = section.Has("name") ? section.Value<string>("name") : null;
        _names.Add(kind, name, section.MarkOf("name"));
        return name ?? "";
    }

    private HostSpec BindHost(SectionReader host)
    {
        string name = Named(host, NameKind.Host);
        CpuSpec cpu = host.Section("cpu") is { } section ? BindCpu(section) : NoCpu;
        return new HostSpec { Name = name, Cpu = cpu, Devices = [.. Sections(host, "devices", ScenarioSchema.Device).Select(BindDevice)] };
    }

    private static CpuSpec NoCpu => new()
    {
        Name = "",
        Ram = default,
        GuestRam = default,
        FaultOverhead = default,
        TlbShootdown = default,
        PageOverhead = default,
    };

    private CpuSpec BindCpu(SectionReader cpu)
    {
        CpuSpec spec = new()
        {
            Name = Named(cpu, NameKind.Cpu),
            Ram = cpu.Value<ByteSize>("ram"),
            GuestRam = cpu.Value<ByteSize>("guest_ram"),
            FaultOverhead = cpu.Value<VirtualDuration>("fault_overhead"),
            TlbShootdown = cpu.Value<VirtualDuration>("tlb_shootdown"),
            PageOverhead = cpu.Value<VirtualDuration>("page_overhead"),
        };
        if (spec.GuestRam > spec.Ram && spec.Ram.Bytes > 0)
        {
            _problems.Add(cpu.MarkOf("guest_ram"), $"'guest_ram' is {spec.GuestRam}", $"at most the ram, {spec.Ram}");
        }

        return spec;
    }

    private DeviceSpec BindDevice(SectionReader device)
    {
        DeviceSpec spec = new()
        {
            Name = Named(device, NameKind.Device),
            Memory = device.Value<ByteSize>("memory"),
            FaultLatency = device.Value<VirtualDuration>("fault_latency"),
            FaultBufferEntries = device.Integer("fault_buffer"),
            BatchSize = device.Integer("batch_size"),
            BatchOverhead = device.Value<VirtualDuration>("batch_overhead"),
            BlockOverhead = device.Value<VirtualDuration>("block_overhead"),
            PageOverhead = device.Value<VirtualDuration>("page_overhead"),
            ReplayPolicy = device.Word<ReplayPolicy>("replay_policy"),
            ReplayLatency = device.Value<VirtualDuration>("replay_latency"),
            MigrationGranularity = device.Value<ByteSize>("migration_granularity"),
            CpuFaultGranularity = device.Value<ByteSize>("cpu_fault_granularity"),
            PeerCopy = device.Word<PeerCopy>("peer_copy"),
            MemoryKind = device.Word<DeviceMemoryKind>("memory_kind"),
        };
        if (spec.BatchSize > spec.FaultBufferEntries && spec.FaultBufferEntries > 0)
        {
            _problems.Add(device.MarkOf("batch_size"), $"'batch_size' is {spec.BatchSize}", $"at most fault_buffer, {spec.FaultBufferEntries}");
        }

        return spec;
    }

    private string BindSwitch(SectionReader section) => Named(section, NameKind.Switch);
}
