using HmmSim.Benchmarks.Harness;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Benchmarks.Simulation;

/// <summary>
/// Bytes of simulator state for each page that is on a device: home entry, device entry and frame together. What one more costs: the
/// difference between two sizes, so that what an empty machine needs does not count.
/// </summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private const int FewBlocks = 2048;
    private const int ManyBlocks = 5 * FewBlocks;
    private const uint Ram = 1;
    private const uint Device = 2;
    private static readonly AddressSpaceId Space = new(0);

    public string Name => "memory";

    public string Summary => "bytes of simulator state per 4 KiB page that is tracked singly, and per whole 2 MiB block";

    /// <summary>Where the pages of a block are.</summary>
    private enum Residence
    {
        /// <summary>All on the device.</summary>
        Device,

        /// <summary>Every second one on the device, the others in RAM.</summary>
        Alternating,

        /// <summary>Every second one on the device, the others never touched.</summary>
        EverySecond,
    }

    public void Run(BenchmarkOptions options)
    {
        Console.WriteLine($"  {"state of home and device together",-56} {"bytes",12}");
        Report("per page, half of each block on the device, half in RAM", PageMask.All, Residence.Alternating, granularity: 1);
        Report("per page, half of each block on the device, half nowhere", PageMask.All, Residence.EverySecond, granularity: 1);
        Report("per 2 MiB block that was faulted in page by page", PageMask.All, Residence.Device, granularity: 1);
        Report("per 2 MiB block that was brought in at once", PageMask.Of(0), Residence.Device, granularity: 512);
    }

    private static void Report(string what, PageMask touched, Residence residence, int granularity)
    {
        (long few, long fewPages) = Measure(FewBlocks, touched, residence, granularity);
        (long many, long manyPages) = Measure(ManyBlocks, touched, residence, granularity);
        double bytes = (many - few) / (residence == Residence.Device ? ManyBlocks - FewBlocks : (double)(manyPages - fewPages));
        Console.WriteLine($"  {what,-56} {bytes,12:F1}");
    }

    private static (long Bytes, long Pages) Measure(int blocks, PageMask touched, Residence residence, int granularity)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        SystemLayout layout = LayoutOf(blocks);
        CpuMemory home = new(new CpuMemorySpec { Id = new MemoryId(Ram) }, layout);
        DeviceMemory device = new(new DeviceMemorySpec { Id = new MemoryId(Device), FaultGranularityPages = granularity }, layout);
        long pages = 0;
        for (int i = 0; i < blocks; i++)
        {
            BlockKey block = new(Space, new VirtualBlockNumber((ulong)i));
            foreach (int page in touched)
            {
                bool onDevice = residence == Residence.Device || page % 2 == 0;
                if (onDevice || residence == Residence.Alternating)
                {
                    Fault(home, device, block, page, onDevice);
                    pages++;
                }
            }
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(home);
        GC.KeepAlive(device);
        return (after - before, pages);
    }

    private static void Fault(CpuMemory home, DeviceMemory device, BlockKey block, int page, bool onDevice)
    {
        EffectBuffer effects = new();
        var queue = new Queue<Message>();
        queue.Enqueue(new Message
        {
            Kind = onDevice ? MessageKind.DeviceFault : MessageKind.CpuFault,
            From = onDevice ? device.Id : home.Id,
            To = onDevice ? device.Id : home.Id,
            Block = block,
            Pages = PageMask.Of(page),
            IsWrite = true,
        });
        while (queue.TryDequeue(out Message? message))
        {
            effects.Clear();
            StepContext context = new(VirtualTime.Zero);
            _ = message.To == home.Id ? home.Step(context, message, effects) : device.Step(context, message, effects);
            for (int i = 0; i < effects.Count; i++)
            {
                if (effects[i].Message is { } next)
                {
                    queue.Enqueue(next);
                }
            }
        }
    }

    private static SystemLayout LayoutOf(int blocks)
    {
        MemorySpec Memory(uint id, MemoryType type, ulong first) => new()
        {
            Id = new MemoryId(id),
            Name = $"m{id}",
            Host = default,
            Type = type,
            FirstFrame = new PageFrameNumber(first),
            FrameCount = blocks * VirtualBlockNumber.Pages,
        };
        VmArea area = new() { Name = "data", Begin = default, PageCount = blocks * (long)VirtualBlockNumber.Pages, Home = new MemoryId(Ram) };
        return new SystemLayout(
            new MemoryMap([Memory(Ram, MemoryType.Ram, 0x100000), Memory(Device, MemoryType.DevicePrivate, 0x10000000)]),
            [new AddressSpaceLayout(Space, [area])],
            TracksValues: false);
    }
}
