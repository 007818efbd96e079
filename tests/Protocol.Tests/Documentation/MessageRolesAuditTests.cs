using CsCheck;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Tests.Machines;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Tests.Documentation;

/// <summary>Every message of random runs goes from a role that may send it to a role that may receive it, and every kind is met.</summary>
public sealed class MessageRolesAuditTests
{
    private static readonly VirtualPageNumber First = new(0x200);

    [Fact]
    public void Every_kind_has_a_row() =>
        Assert.Equal(Enum.GetValues<MessageKind>().Skip(1), MessageRoles.All.Select(roles => roles.Kind));

    [Fact]
    public void None_has_no_roles() => Assert.Throws<ArgumentOutOfRangeException>(() => MessageRoles.Of(MessageKind.None));

    [Fact]
    public void Messages_keep_to_their_roles()
    {
        var met = new HashSet<MessageKind>();
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                foreach (MessageKind kind in Run(seed))
                {
                    lock (met)
                    {
                        met.Add(kind);
                    }
                }
            },
            iter: 500);
        Assert.Equal(Enum.GetValues<MessageKind>().Skip(1), met.Order());
    }

    private static HashSet<MessageKind> Run(int seed)
    {
        Random random = new(seed);
        TestWorld world = new((seed & 1) == 0 ? TestWorld.TwoDevices(frames1: 3) : TestWorld.TwoHosts(frames: 3));
        var met = new HashSet<MessageKind>();
        world.Network = message =>
        {
            Audit(world, message, RoleOf(world, message.From));
            met.Add(message.Kind);
            return [message];
        };
        for (int step = 0; step < 200; step++)
        {
            if (world.PendingCount > 0 && random.Next(3) > 0)
            {
                world.DeliverOne(random.Next(world.PendingCount));
                continue;
            }

            Message touch = Touch(world, random);
            Audit(world, touch, RoleOf(world, touch.From) == Role.Device && touch.Kind == MessageKind.RemoteAccess ? Role.Device : Role.Processor);
            met.Add(touch.Kind);
            world.Inject(touch);
        }

        world.Drain(random.Next);
        return met;
    }

    private static Message Touch(TestWorld world, Random random)
    {
        VirtualPageNumber page = First + random.Next(8);
        uint device = random.Next(2) == 0 ? 2u : world.Layout.Memories.Memories.Count > 3 ? 6u : 3u;
        DeviceEntry entry = world.Device(device).Entry(TestWorld.Space, page);
        bool write = random.Next(2) == 0;
        switch (random.Next(16))
        {
            case 0:
                return TestWorld.Unmap(page, 1);
            case < 5:
                return world.CpuFault(1, page, write);
            case < 9:
                return TestWorld.CallOf(DriverCall(page, random), device: 2);
            default:
                return entry.Kind == DeviceEntryKind.RemoteWrite
                    ? world.RemoteAccess(device, page, write)
                    : world.DeviceFault(device, page, write, action: (FaultAction)random.Next(2));
        }
    }

    private static Call DriverCall(VirtualPageNumber page, Random random)
    {
        CallKind[] kinds = [CallKind.Open, CallKind.Close, CallKind.MakeExclusive, CallKind.DeviceWrite, CallKind.MigrateToDevice, CallKind.MigrateToSystem];
        return new Call { Kind = kinds[random.Next(kinds.Length)], Space = TestWorld.Space, Begin = page, PageCount = 1, Mirror = 1 };
    }

    private static void Audit(TestWorld world, Message message, Role sender)
    {
        MessageRoles roles = MessageRoles.Of(message.Kind);
        Assert.True(roles.Senders.Contains(sender), $"{message}: no {sender} sends it");
        Assert.True(roles.Receivers.Contains(RoleOf(world, message.To)), $"{message}: no {RoleOf(world, message.To)} receives it");
    }

    private static Role RoleOf(TestWorld world, MemoryId id) =>
        world.Layout.Memories[id].Type == MemoryType.Ram ? Role.Home : Role.Device;
}
