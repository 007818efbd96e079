using HmmSim.Benchmarks.Harness;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Benchmarks.Simulation;

/// <summary>Bytes of simulator state for each page that is on a device: home entry, device entry and frame together.</summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private const int Blocks = 2048;
    private const uint Ram = 1;
    private const uint Device = 2;
    private static readonly AddressSpaceId Space = new(0);

    public string Name => "memory";

    public string Summary => "bytes of simulator state per 4 KiB page that is tracked singly, and per whole 2 MiB block";

    public void Run(BenchmarkOptions options)
    {
        Console.WriteLine($"  {"state of home and device together",-56} {"bytes",12}");
        Report("per page, every second page of each block", PageMask.All, everySecond: true, granularity: 1);
        Report("per 2 MiB block that was faulted in page by page", PageMask.All, everySecond: false, granularity: 1);
        Report("per 2 MiB block that was brought in at once", PageMask.Of(0), everySecond: false, granularity: 512);
    }

    private static void Report(string what, PageMask touched, bool everySecond, int granularity)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        SystemLayout layout = LayoutOf();
        CpuMemory home = new(new CpuMemorySpec { Id = new MemoryId(Ram) }, layout);
        DeviceMemory device = new(new DeviceMemorySpec { Id = new MemoryId(Device), FaultGranularityPages = granularity }, layout);
        long pages = 0;
        for (int i = 0; i < Blocks; i++)
        {
            BlockKey block = new(Space, new VirtualBlockNumber((ulong)i));
            foreach (int page in touched)
            {
                if (!everySecond || page % 2 == 0)
                {
                    Fault(home, device, block, page);
                    pages++;
                }
            }
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        double bytes = (after - before) / (everySecond ? (double)pages : Blocks);
        Console.WriteLine($"  {what,-56} {bytes,12:F1}");
        GC.KeepAlive(home);
        GC.KeepAlive(device);
    }

    private static void Fault(CpuMemory home, DeviceMemory device, BlockKey block, int page)
    {
        EffectBuffer effects = new();
        var queue = new Queue<Message>();
        queue.Enqueue(new Message
        {
            Kind = MessageKind.DeviceFault,
            From = device.Id,
            To = device.Id,
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

    private static SystemLayout LayoutOf()
    {
        MemorySpec Memory(uint id, MemoryType type, ulong first) => new()
        {
            Id = new MemoryId(id),
            Name = $"m{id}",
            Host = default,
            Type = type,
            FirstFrame = new PageFrameNumber(first),
            FrameCount = Blocks * VirtualBlockNumber.Pages,
        };
        VmArea area = new() { Name = "data", Begin = default, PageCount = Blocks * (long)VirtualBlockNumber.Pages, Home = new MemoryId(Ram) };
        return new SystemLayout(
            new MemoryMap([Memory(Ram, MemoryType.Ram, 0x100000), Memory(Device, MemoryType.DevicePrivate, 0x10000000)]),
            [new AddressSpaceLayout(Space, [area])],
            TracksValues: false);
    }
}
