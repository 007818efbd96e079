using System.Globalization;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Tests.Machines;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Tests.Exploration;

/// <summary>
/// A small world and what its processors do, as text. <c>before</c>: touches that are over when the exploration begins, one after
/// the other. <c>threads</c>: one list of touches for each thread; a thread goes on at any time, in its own order.
/// A touch is <c>m2 write 0</c>: processor, what, page; <c>map</c> is a device load that maps instead of migrating, <c>map-write</c> a
/// store, <c>unmap 0 8</c> a munmap of 8 pages. In the world <c>grouped</c> a fault brings its 16 neighbours along, holes too.
/// </summary>
internal sealed record Script(string World, string Before, params string[] Threads)
{
    private static readonly VirtualPageNumber First = new(0x200);

    public TestWorld NewWorld(Action<TestWorld> prepare)
    {
        (string name, int frames) = World.Split(' ') is [var only]
            ? (only, 8)
            : (World.Split(' ')[0], int.Parse(World.Split(' ')[1], CultureInfo.InvariantCulture));
        int group = name == "grouped" ? 16 : 1;
        SystemLayout layout = name switch
        {
            "grouped" => TestWorld.TwoDevices(frames1: 32, frames2: 32),
            "direct" => TestWorld.TwoDevices(frames1: frames),
            "through-ram" => TestWorld.TwoDevices(frames1: frames, direct: false),
            "read-only" => TestWorld.TwoDevices(frames1: frames, writable: false),
            "two-hosts" => TestWorld.TwoHosts(frames),
            _ => throw new ArgumentException($"no world is called '{name}'"),
        };
        TestWorld world = new(layout, memory => new DeviceMemorySpec { Id = memory.Id, FaultGranularityPages = group, CpuFaultGranularityPages = group });
        prepare(world);
        foreach (string touch in Touches(Before))
        {
            world.Inject(Parse(touch));
            world.Drain();
        }

        return world;
    }

    /// <summary>The messages of each thread.</summary>
    public IReadOnlyList<Queue<Message>> Programs() => [.. Threads.Select(thread => new Queue<Message>(Touches(thread).Select(Parse)))];

    public override string ToString() => $"{World}: {Before} | {string.Join(" | ", Threads)}";

    private static string[] Touches(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Message Parse(string touch)
    {
        string[] words = touch.Split(' ');
        MemoryId memory = new(uint.Parse(words[0].AsSpan(1), CultureInfo.InvariantCulture));
        int page = int.Parse(words[2], CultureInfo.InvariantCulture);
        bool isHome = memory.Value is 1 or 4;
        if (words[1] == "unmap")
        {
            return TestWorld.Unmap(First + page, int.Parse(words[3], CultureInfo.InvariantCulture), home: memory.Value);
        }

        return new Message
        {
            Kind = isHome ? MessageKind.CpuFault : MessageKind.DeviceFault,
            From = memory,
            To = memory,
            Block = new BlockKey(TestWorld.Space, First.Block),
            Pages = PageMask.Of(page),
            IsWrite = words[1] is "write" or "map-write",
            Action = words[1].StartsWith("map", StringComparison.Ordinal) ? FaultAction.Map : FaultAction.Migrate,
        };
    }
}
