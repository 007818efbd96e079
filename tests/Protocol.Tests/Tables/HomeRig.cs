using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Tests.Machines;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol.Tests.Tables;

/// <summary>A home with one page in a given state, and messages written as words: <c>RangeFault m2 write</c>.</summary>
internal sealed class HomeRig
{
    public static readonly BlockKey Block = new(TestWorld.Space, new VirtualBlockNumber(1));
    private static readonly MemoryId Self = new(1);
    private readonly EffectBuffer _effects = new();
    private readonly CpuMemory _home;
    private long _time;

    /// <summary>The state is words: an entry, then messages after semicolons that lead from it to the state meant.</summary>
    public HomeRig(string given, bool writableArea = true)
    {
        _home = new CpuMemory(new CpuMemorySpec { Id = Self, TlbShootdown = new VirtualDuration(1) }, TestWorld.TwoDevices(writable: writableArea));
        string[] parts = given.Split(';', StringSplitOptions.TrimEntries);
        _home.Table(TestWorld.Space)[Block.Block.FirstPage] = Entry(parts[0]).Raw;
        foreach (string message in parts[1..])
        {
            if (message == "pin")
            {
                _home.Ram.Get(_home.Entry(TestWorld.Space, Block.Block.FirstPage).Frame);
                continue;
            }

            Step(Parse(message));
        }
    }

    /// <summary>Delivers the message: verdict, the entry after it with the RAM frames in use, and the effects.</summary>
    public string[] Deliver(string message)
    {
        string verdict;
        try
        {
            verdict = $"{Step(Parse(message))}";
        }
        catch (ImpossibleStepException)
        {
            return ["Impossible", "", ""];
        }

        PageTableEntry entry = _home.Entry(TestWorld.Space, Block.Block.FirstPage);
        string bits = $"{(entry.IsAccessed ? "A" : "")}{(entry.IsDirty ? "D" : "")}";
        string after = entry.Kind switch
        {
            EntryKind.None => "none",
            EntryKind.DevicePrivate => $"{(entry.Frame.Value < 0x20000 ? "m2" : "m3")} {(entry.IsWritable ? "W" : "R")}",
            var kind => $"{(kind == EntryKind.Present ? "ram" : "moving")} {(entry.IsWritable ? "W" : "R")}{bits}",
        };
        return [verdict, $"{after} {_home.Ram.FrameCount - _home.Ram.FreeFrameCount}", EffectText.Of(_effects)];
    }

    public Verdict Step(Message message)
    {
        _effects.Clear();
        message.ActsAt = new VirtualTime(++_time);
        return _home.Step(new StepContext(message.ActsAt), message, _effects);
    }

    /// <summary>Kind, sender, and words such as <c>write</c> or <c>to-ram</c>.</summary>
    public static Message Parse(string text)
    {
        string[] words = text.Split(' ');
        MessageKind kind = Enum.Parse<MessageKind>(words[0]);
        MemoryId from = words.Length > 1 && words[1][0] == 'm' ? new MemoryId(uint.Parse(words[1][1..])) : Self;
        bool write = words.Contains("write");
        bool toRam = words.Contains("to-ram") || words.Contains("answer");
        bool isRequest = kind is MessageKind.RangeFault or MessageKind.MigrateVma && !words.Contains("answer");
        return new Message
        {
            Kind = kind,
            From = from,
            To = Self,
            Block = Block,
            Pages = PageMask.Of(0),
            Subset = write || kind == MessageKind.MigrateVma ? PageMask.Of(0) : default,
            IsWrite = write,
            Destination = toRam ? Self : from,
            Frames = new PageFrames(new PageFrameNumber(from.Value == 2 ? 0x10007UL : 0x20007UL), null),
            Cause = toRam ? MigrationCause.Eviction : MigrationCause.DeviceFault,
            Transaction = isRequest ? new TransactionId(from, 7) : new TransactionId(Self, 1),
            Values = kind == MessageKind.PageData ? new ulong[VirtualBlockNumber.Pages] : null,
        };
    }

    private PageTableEntry Entry(string words) => words switch
    {
        "none" => PageTableEntry.None,
        "ram W" => PageTableEntry.Present(RamFrame(), writable: true),
        "ram WAD" => PageTableEntry.Present(RamFrame(), writable: true, accessed: true, dirty: true),
        "ram R" => PageTableEntry.Present(RamFrame(), writable: false),
        "m2 W" => PageTableEntry.DevicePrivate(new PageFrameNumber(0x10000), writable: true),
        "m2 R" => PageTableEntry.DevicePrivate(new PageFrameNumber(0x10000), writable: false),
        "swap" => PageTableEntry.Swap(SwapEntryType.SwapFile, 3),
        "exclusive" => PageTableEntry.Swap(SwapEntryType.DeviceExclusive, RamFrame().Value),
        "poison" => PageTableEntry.Swap(SwapEntryType.HwPoison, RamFrame().Value),
        "marker" => PageTableEntry.Swap(SwapEntryType.PteMarker, 1),
        _ => throw new ArgumentException($"no entry is written '{words}'", nameof(words)),
    };

    private PageFrameNumber RamFrame() => _home.Ram.TryAllocate(Block, PageMask.Of(0), out PageFrames frames) ? frames[0] : throw new InvalidOperationException("no frame");
}
