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
        return [verdict, $"{Text(entry)} {_home.Ram.FrameCount - _home.Ram.FreeFrameCount}", EffectText.Of(_effects)];
    }

    /// <summary>The entry in the words of the tables.</summary>
    public static string Text(PageTableEntry entry)
    {
        string access = entry.IsWritable ? "W" : "R";
        string bits = $"{(entry.IsAccessed ? "A" : "")}{(entry.IsDirty ? "D" : "")}";
        return entry.Kind switch
        {
            EntryKind.None => "none",
            EntryKind.Present when entry.IsZeroPage => "zero",
            EntryKind.Present => $"{MemoryOf(entry.Frame)} {access}{bits}",
            EntryKind.DevicePrivate => $"{MemoryOf(entry.Frame)} {access}",
            EntryKind.DeviceExclusive => $"exclusive {access}",
            EntryKind.Migration => $"moving {access}{bits}",
            EntryKind.Swap => $"swap {(entry.IsSwapExclusive ? "own" : "shared")}",
            EntryKind.HwPoison => "poison",
            EntryKind.Marker => "marker",
        };
    }

    public Verdict Step(Message message)
    {
        _effects.Clear();
        message.ActsAt = new VirtualTime(++_time);
        return _home.Step(new StepContext(message.ActsAt), message, _effects);
    }

    /// <summary>Kind, sender, and words such as <c>write</c> or <c>to-ram</c>; <c>t2</c> is the home's second transaction.</summary>
    public static Message Parse(string text)
    {
        string[] words = text.Split(' ');
        if (words[0] == "Unmap")
        {
            return TestWorld.Unmap(Block.Block.FirstPage, 1);
        }

        MessageKind kind = Enum.Parse<MessageKind>(words[0]);
        MemoryId from = words.Length > 1 && words[1][0] == 'm' ? new MemoryId(uint.Parse(words[1][1..])) : Self;
        bool write = words.Contains("write");
        bool answers = words.Contains("answer");
        bool evicts = words.Contains("to-ram");
        bool isRequest = kind is MessageKind.RangeFault or MessageKind.MakeExclusive or MessageKind.MigrateVma && !answers;
        ulong firstFrame = kind == MessageKind.RemoteAccess ? 0x1000UL : from.Value == 2 ? 0x10000UL : 0x20000UL;
        return new Message
        {
            Kind = kind,
            From = from,
            To = Self,
            Block = Block,
            Pages = PageMask.Of(0),
            Subset = write || kind == MessageKind.MigrateVma ? PageMask.Of(0) : default,
            IsWrite = write,
            Destination = evicts || answers ? Self : from,
            Frames = new PageFrames(new PageFrameNumber(firstFrame + (kind == MessageKind.MigrateVma && !evicts ? 7UL : 0))),
            Cause = evicts ? MigrationCause.Eviction : answers ? MigrationCause.CpuFault : MigrationCause.DeviceFault,
            Transaction = isRequest ? new TransactionId(from, 7) : new TransactionId(Self, words.Contains("t2") ? 2u : 1u),
            Values = kind == MessageKind.PageData ? PageWords.WithPlaces() : default,
        };
    }

    private static string MemoryOf(PageFrameNumber frame) => frame.Value switch
    {
        < 0x10000 => "ram",
        < 0x20000 => "m2",
        _ => "m3",
    };

    private PageTableEntry Entry(string words) => words switch
    {
        "none" => PageTableEntry.None,
        "zero" => PageTableEntry.Present(PageFrameNumber.ZeroPage, writable: false),
        "ram W" => PageTableEntry.Present(RamFrame(), writable: true),
        "ram WAD" => PageTableEntry.Present(RamFrame(), writable: true, accessed: true, dirty: true),
        "ram R" => PageTableEntry.Present(RamFrame(), writable: false),
        "m2 W" => PageTableEntry.DevicePrivate(new PageFrameNumber(0x10000), writable: true),
        "m3 W" => PageTableEntry.DevicePrivate(new PageFrameNumber(0x20000), writable: true),
        "m2 R" => PageTableEntry.DevicePrivate(new PageFrameNumber(0x10000), writable: false),
        "swap own" => PageTableEntry.SwapFile(_home.Swap.Allocate(5), exclusive: true),
        "exclusive W" => PageTableEntry.DeviceExclusive(RamFrame(), writable: true),
        "exclusive R" => PageTableEntry.DeviceExclusive(RamFrame(), writable: false),
        "poison" => PageTableEntry.Swap(SwapEntryType.HwPoison, RamFrame().Value),
        "marker" => PageTableEntry.Swap(SwapEntryType.PteMarker, 1),
        _ => throw new ArgumentException($"no entry is written '{words}'", nameof(words)),
    };

    private PageFrameNumber RamFrame()
    {
        Assert.True(_home.Ram.TryAllocate(Block, PageMask.Of(0), out PageFrames frames));
        return frames[0];
    }
}
