using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Tests.Machines;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol.Tests.Tables;

/// <summary>A device with one page in a given state, and messages written as words: <c>MigrateFinalize moved-W</c>.</summary>
internal sealed class DeviceRig
{
    private static readonly MemoryId Self = new(2);
    private static readonly MemoryId Home = new(1);
    private readonly EffectBuffer _effects = new();
    private readonly DeviceMemory _device;
    private TransactionId _request;
    private long _time;

    /// <summary>The state is words: an entry, then messages after semicolons that lead from it to the state meant.</summary>
    public DeviceRig(string given)
    {
        _device = new DeviceMemory(new DeviceMemorySpec { Id = Self, FaultGranularityPages = 1, CpuFaultGranularityPages = 1 }, TestWorld.TwoDevices());
        string[] parts = given.Split(';', StringSplitOptions.TrimEntries);
        _device.Table(TestWorld.Space)[HomeRig.Block.Block.FirstPage] = Entry(parts[0]).Raw;
        foreach (string message in parts[1..])
        {
            Do(message);
        }
    }

    /// <summary>Delivers the message: verdict, the entry after it with the frames in use, and the effects.</summary>
    public string[] Deliver(string message)
    {
        string verdict;
        try
        {
            verdict = $"{Do(message)}";
        }
        catch (ImpossibleStepException)
        {
            return ["Impossible", "", ""];
        }

        DeviceEntry entry = _device.Entry(TestWorld.Space, HomeRig.Block.Block.FirstPage);
        return [verdict, $"{entry.Kind} {_device.Frames.FrameCount - _device.Frames.FreeFrameCount}", EffectText.Of(_effects)];
    }

    public Verdict Step(Message message)
    {
        _effects.Clear();
        message.ActsAt = new VirtualTime(++_time);
        Verdict verdict = _device.Step(new StepContext(message.ActsAt), message, _effects);
        for (int i = 0; i < _effects.Count; i++)
        {
            if (_effects[i].Message is { Kind: MessageKind.MigrateVma or MessageKind.RangeFault } request)
            {
                _request = request.Transaction;
            }
        }

        return verdict;
    }

    public Message Parse(string text)
    {
        string[] words = text.Split(' ');
        MessageKind kind = Enum.Parse<MessageKind>(words[0]);
        string detail = words.Length > 1 ? words[1] : "";
        bool answers = kind is MessageKind.RangeFaultReply or MessageKind.MigrateFinalize;
        return new Message
        {
            Kind = kind,
            From = kind is MessageKind.DeviceFault or MessageKind.ServiceBatch or MessageKind.ServiceBlock ? Self : Home,
            To = Self,
            Block = HomeRig.Block,
            Pages = detail is "error" or "stays" or "nothing" ? default : PageMask.Of(0),
            Subset = detail is "ram-W" or "own-W" or "moved-W" ? PageMask.Of(0) : default,
            IsWrite = words.Contains("write"),
            Action = words.Contains("map") ? FaultAction.Map : FaultAction.Migrate,
            Destination = new MemoryId(3),
            Frames = new PageFrames(new PageFrameNumber(detail.StartsWith("ram", StringComparison.Ordinal) ? 0x1000UL : 0x10000UL)),
            TargetFrames = new PageFrames(new PageFrameNumber(0x10000)),
            Transaction = answers ? _request : kind is MessageKind.FreePages or MessageKind.RemoteAccessReply ? default : new TransactionId(Home, 9),
            Values = kind == MessageKind.PageData ? PageWords.WithPlaces() : default,
        };
    }

    /// <summary><c>serve …</c> is a fault of the device with everything the driver does about it until it has to wait.</summary>
    private Verdict Do(string message)
    {
        if (!message.StartsWith("serve", StringComparison.Ordinal))
        {
            return Step(Parse(message));
        }

        Step(Parse($"DeviceFault{message[5..]}"));
        Step(Parse("ServiceBatch"));
        return Step(Parse("ServiceBlock"));
    }

    /// <summary>An entry of the kind; <c>Unmapped</c> is a page that lives here and is not mapped.</summary>
    private DeviceEntry Entry(string words)
    {
        DeviceEntryKind kind = words == "Unmapped" ? DeviceEntryKind.None : Enum.Parse<DeviceEntryKind>(words);
        PageFrameNumber own = default;
        if (words == "Unmapped" || kind is DeviceEntryKind.LocalRead or DeviceEntryKind.LocalWrite)
        {
            Assert.True(_device.Frames.TryAllocate(HomeRig.Block, PageMask.Of(0), out PageFrames frames));
            own = frames[0];
        }

        return kind switch
        {
            DeviceEntryKind.None or DeviceEntryKind.Error => new DeviceEntry((ulong)kind),
            DeviceEntryKind.LocalRead or DeviceEntryKind.LocalWrite => new DeviceEntry(kind, own),
            DeviceEntryKind.Atomic or DeviceEntryKind.RemoteRead or DeviceEntryKind.RemoteWrite => new DeviceEntry(kind, new PageFrameNumber(0x1000)),
        };
    }
}
