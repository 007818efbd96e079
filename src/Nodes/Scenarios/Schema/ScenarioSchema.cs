using System.Collections.Immutable;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>The whole scenario file as a table of keys.</summary>
public static class ScenarioSchema
{
    private const long Page = 4096;
    private const long DeviceChunk = 2 << 20;

    /// <summary>A CPU.</summary>
    public static readonly SectionSpec Cpu = new()
    {
        Name = "cpu",
        Meaning = "The processor of a host, its RAM and the cost of the kernel's work on it.",
        Keys =
        [
            Key.Name("the CPU; unique among CPUs, devices and switches"),
            Key.Size("ram", "size of the RAM", Page, Page) with { Required = true },
            Key.Size("guest_ram", "part of the RAM lent to buffers whose home is another host", 0, Page)
                with { Default = "0B", Source = "no memory is lent unless asked for" },
            Key.Span("fault_overhead", "from the touch of a special entry to the handler's first step", 1)
                with { Default = "1us", Source = "assumption: exception entry, page-table walk and locks" },
            Key.Span("tlb_shootdown", "interrupting all cores to drop cached translations", 0)
                with { Default = "4us", Source = "about 1 us + 0.2 us for each core (unseel.com), 16 cores" },
            Key.Span("page_overhead", "handler work for each page of a migration", 0)
                with { Default = "50ns", Source = "assumption: a few cache misses for one page's metadata" },
        ],
    };

    /// <summary>A device.</summary>
    public static readonly SectionSpec Device = new()
    {
        Name = "device",
        Meaning = "A device with memory of its own. The costs are those of a driver like nvidia-uvm on the host.",
        Presets = DevicePresets.All,
        Keys =
        [
            Key.Name("the device; unique among CPUs, devices and switches"),
            Key.Size("memory", "size of the device memory", DeviceChunk, DeviceChunk) with { Required = true },
            Key.PresetKey(DevicePresets.All),
            Key.Span("fault_latency", "from a miss to the record in the fault buffer and the interrupt at the host", 1)
                with { Default = "1us", Source = "part of the 14.9 us of preset gtx1080ti" },
            Key.Count("fault_buffer", "entries of the fault buffer", 1 << 20)
                with { Default = "4096", Source = "assumption: nvidia-uvm takes the size from the hardware" },
            Key.Count("batch_size", "most faults serviced together; at most fault_buffer", 1 << 20)
                with { Default = "256", Source = "nvidia-uvm: uvm_perf_fault_batch_count" },
            Key.Span("batch_overhead", "fixed host work for each batch", 0)
                with { Default = "7.2us", Source = "part of the 14.9 us of preset gtx1080ti" },
            Key.Span("block_overhead", "host work for each 2 MiB VA block of a batch", 0)
                with { Default = "0us", Source = "not separated from batch_overhead by the measurements" },
            Key.Span("page_overhead", "host work for each page serviced", 0)
                with { Default = "212ns", Source = "as preset gtx1080ti" },
            Key.Choice("replay_policy", "when the device is asked to retry faulted accesses", EnumWords.Of<ReplayPolicy>())
                with { Default = "batch_flush", Source = "nvidia-uvm: uvm_perf_fault_replay_policy" },
            Key.Span("replay_latency", "from the replay command to the retried access", 0)
                with { Default = "1us", Source = "part of the 14.9 us of preset gtx1080ti" },
            Key.Granularity("migration_granularity", "aligned range that a fault brings to the device"),
            Key.Granularity("cpu_fault_granularity", "aligned range that a touch by a CPU brings back"),
            Key.Choice("memory_kind", "whether the CPU cannot address the device's memory, or addresses it over the link", EnumWords.Of<DeviceMemoryKind>())
                with
                {
                    Default = "private",
                    Source = "MEMORY_DEVICE_PRIVATE, as drivers of PCIe devices register it; coherent links (NVLink-C2C, xGMI) have coherent",
                },
            Key.Choice("peer_copy", "whether pages come from another device in one copy or through the home's RAM", EnumWords.Of<PeerCopy>())
                with { Default = "direct", Source = "nvidia-uvm copies directly where devices reach each other" },
        ],
    };

    /// <summary>A host.</summary>
    public static readonly SectionSpec Host = new()
    {
        Name = "host",
        Meaning = "One computer.",
        Keys =
        [
            Key.Name("the host; unique among hosts"),
            new KeySpec { Name = "cpu", Kind = ValueKind.Section, Section = Cpu, Required = true, Meaning = "its processor and RAM" },
            Key.Sections("devices", Device, 0, "its devices"),
        ],
    };

    /// <summary>A switch.</summary>
    public static readonly SectionSpec Switch = new()
    {
        Name = "switch",
        Meaning = "A node of the graph of links that only forwards.",
        Keys = [Key.Name("the switch; unique among CPUs, devices and switches")],
    };

    /// <summary>A link.</summary>
    public static readonly SectionSpec Link = new()
    {
        Name = "link",
        Meaning = "A connection of two nodes. `between` makes two directed links; `from`, `to` and `one_way: true` make one. "
            + "CPUs and switches forward what is meant for others, devices do not.",
        Presets = LinkPresets.All,
        Alternatives = [new([["between"], ["from", "to", "one_way"]], Exclusive: true), new([["preset"], ["latency", "bandwidth"]], Exclusive: false)],
        Keys =
        [
            new KeySpec
            {
                Name = "between", Kind = ValueKind.References, Target = "node", Minimum = 2, Maximum = 2,
                Meaning = "the two ends of a link with both directions",
            },
            Key.Reference("from", "node", "the sending end of a link with one direction"),
            Key.Reference("to", "node", "the receiving end of a link with one direction"),
            new KeySpec { Name = "one_way", Kind = ValueKind.Boolean, Meaning = "true with from and to: there is no way back" },
            Key.PresetKey(LinkPresets.All),
            Key.Span("latency", "time a message is under way beside its transfer time", 1),
            Key.Rate("bandwidth", "effective rate, the first direction of between"),
            Key.Rate("reverse_bandwidth", "effective rate of the other direction of between; as bandwidth if not given"),
        ],
    };

    /// <summary>A buffer.</summary>
    public static readonly SectionSpec Buffer = new()
    {
        Name = "buffer",
        Meaning = "A range of the address space that all hosts share. Its pages start in the RAM of its home.",
        Keys =
        [
            Key.Name("the buffer; unique among buffers"),
            Key.Size("size", "size of the range", Page, Page) with { Required = true },
            Key.Reference("home", "CPU", "the CPU whose page table is the truth for the range") with { Required = true },
            Key.Choice("access", "what the range allows", EnumWords.Of<BufferAccess>()) with { Default = "read_write", Source = "as mmap for data" },
        ],
    };

    /// <summary>The file itself.</summary>
    public static readonly SectionSpec Root = new()
    {
        Name = "scenario",
        Meaning = "The whole file.",
        Keys =
        [
            Key.Name("the scenario; names the result folder"),
            new KeySpec { Name = "description", Kind = ValueKind.Text, Default = "", Meaning = "what the scenario shows" },
            new KeySpec
            {
                Name = "seed", Kind = ValueKind.Seed, Default = "1", Source = "any number serves",
                Meaning = "seed of every random choice; `--seed` overrides it",
            },
            new KeySpec
            {
                Name = "track_values", Kind = ValueKind.Boolean, Default = "false", Source = "costs memory and time",
                Meaning = "whether each page carries a 64-bit value that counts its stores, so that a lost one fails the run's checks",
            },
            Key.Sections("hosts", Host, 1, "the computers") with { Required = true },
            Key.Sections("switches", Switch, 0, "nodes that only forward"),
            Key.Sections("links", Link, 0, "the connections; every memory must reach every other"),
            Key.Sections("buffers", Buffer, 0, "the shared address space, in the order of addresses"),
            Key.Sections("streams", StreamSchema.Stream, 1, "what the processors do") with { Required = true },
        ],
    };

    /// <summary>All sections, outer ones first.</summary>
    public static readonly ImmutableArray<SectionSpec> AllSections = [Root, Host, Cpu, Device, Switch, Link, Buffer, StreamSchema.Stream];
}
