using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Tests.Interconnect;

/// <summary>Control messages of one pair of nodes arrive in the order in which they were sent; the protocol relies on it.</summary>
public sealed class ControlOrderTests
{
    private static readonly MemoryId Here = new(1);
    private static readonly MemoryId There = new(2);

    [Fact]
    public void A_later_message_does_not_overtake_a_longer_one()
    {
        Probe probe = new();
        probe.Send(bytes: 4096, atNs: 0);
        probe.Send(bytes: 0, atNs: 10);
        Assert.Equal([4096 + 300L, 4096 + 300], probe.ArrivalsNs);
        Assert.Equal([1UL, 2], probe.Sequences); // at equal times the sequence decides
    }

    [Fact]
    public void A_message_with_an_extra_delay_is_not_overtaken()
    {
        Probe probe = new();
        probe.Send(bytes: 0, atNs: 5000);
        probe.Send(bytes: 0, atNs: 100);
        probe.Send(bytes: 0, atNs: 9000);
        Assert.Equal([5300L, 5300, 9300], probe.ArrivalsNs);
    }

    [Fact]
    public void Accesses_and_messages_are_counted_for_each_target()
    {
        Probe probe = new();
        probe.Send(bytes: 128, atNs: 0);
        probe.Send(bytes: 0, atNs: 0);
        Assert.Equal((2, 128), probe.ControlTraffic[1]);
    }

    /// <summary>A memory at one end of a link of 1 GB/s and 300 ns that records what it sends.</summary>
    private sealed class Probe : MemoryNode
    {
        public Probe()
            : base(PlanOfTwo(), 0, [])
        {
            Deliver = (target, message) =>
            {
                Assert.Equal(1, target);
                ArrivalsNs.Add(message.ActsAt.Picoseconds / 1000);
                Sequences.Add(message.Sequence);
            };
        }

        public List<long> ArrivalsNs { get; } = [];

        public List<ulong> Sequences { get; } = [];

        public void Send(int bytes, long atNs) => SendControl(
            new Message { Kind = MessageKind.RemoteAccess, From = Here, To = There, AccessBytes = bytes },
            VirtualTime.Zero + VirtualDuration.FromNanoseconds(atNs));

        public override Translation Translate(VirtualPageNumber begin, int pages, AccessKind kind) => throw new NotSupportedException();

        public override void IncrementValues(VirtualPageNumber begin, int pages) => throw new NotSupportedException();

        public override void RaiseFault(int warp, VirtualPageNumber page, AccessKind kind, VirtualTime at) => throw new NotSupportedException();

        public override void AccessRemote(int warp, VirtualPageNumber page, AccessKind kind, int accesses, VirtualTime at) => throw new NotSupportedException();

        protected override void Step(Message message, in StepContext context, EffectBuffer effects) => throw new NotSupportedException();

        protected override bool WaitsFor(MemoryId endpoint, int warp) => throw new NotSupportedException();

        protected override void RaiseUnmap(int warp, VirtualBlockNumber block, VirtualTime at) => throw new NotSupportedException();

        private static SystemPlan PlanOfTwo() => new()
        {
            Layout = new SystemLayout(new MemoryMap([SpecOf(Here, 512), SpecOf(There, 1024)]), [new AddressSpaceLayout(default, [])], TracksValues: false),
            Graph = new InterconnectGraph(["here", "there"], [LinkOf("here", "there"), LinkOf("there", "here")], []),
            NodeOf = new Dictionary<MemoryId, int> { [Here] = 0, [There] = 1 },
            NodesWaitingForStream = [],
        };

        private static MemorySpec SpecOf(MemoryId id, ulong firstFrame) => new()
        {
            Id = id,
            Name = $"memory{id}",
            Host = default,
            Type = MemoryType.DevicePrivate,
            FirstFrame = new PageFrameNumber(firstFrame),
            FrameCount = 512,
        };

        private static LinkSpec LinkOf(string from, string to) => new()
        {
            From = from,
            To = to,
            Latency = VirtualDuration.FromNanoseconds(300),
            Bandwidth = new Bandwidth(1_000_000_000),
        };
    }
}
