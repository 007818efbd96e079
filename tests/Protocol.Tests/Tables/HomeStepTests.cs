using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol.Tests.Tables;

/// <summary>
/// Single steps of the home. <c>given</c>: the entry of the page and the messages that came before; <c>entry</c>: the entry after
/// the message (<c>ram W</c> present, <c>m2 R</c> device private, A accessed, D dirty) and the RAM frames in use.
/// </summary>
public sealed class HomeStepTests
{
    private const string Touches = """
        | given                | message               | verdict  | entry      | effects              |
        | none                 | CpuFault read         | Handled  | ram WA 1   | wake                 |
        | none                 | CpuFault write        | Handled  | ram WAD 1  | wake                 |
        | ram W                | CpuFault read         | Handled  | ram WA 1   | wake                 |
        | ram W                | CpuFault write        | Handled  | ram WAD 1  | wake                 |
        | m2 W                 | CpuFault read         | Deferred | m2 W 0     | MigrateToRam>m2      |
        | m2 W; CpuFault       | CpuFault write        | Deferred | m2 W 0     |                      |
        | ram W; MigrateVma m3 | CpuFault read         | Deferred | moving W 1 |                      |
        | ram W; Unmap         | CpuFault read         | Deferred | ram W 1    |                      |
        | none                 | RangeFault m2         | Handled  | ram W 1    | RangeFaultReply>m2 W |
        | none                 | RangeFault m2 write   | Handled  | ram W 1    | RangeFaultReply>m2 W |
        | ram W                | RangeFault m2 write   | Handled  | ram W 1    | RangeFaultReply>m2 W |
        | ram R                | RangeFault m2         | Handled  | ram R 1    | RangeFaultReply>m2 R |
        | m2 W                 | RangeFault m2 write   | Handled  | m2 W 0     | RangeFaultReply>m2 W |
        | m2 R                 | RangeFault m2         | Handled  | m2 R 0     | RangeFaultReply>m2 R |
        | m2 W                 | RangeFault m3         | Deferred | m2 W 0     | MigrateToRam>m2      |
        | ram W; MigrateVma m3 | RangeFault m2         | Deferred | moving W 1 |                      |
        | m2 W; CpuFault       | RangeFault m2         | Deferred | m2 W 0     |                      |
        | ram W; Unmap         | RangeFault m2         | Deferred | ram W 1    |                      |
        | ram W; RangeFault m2 | RemoteAccess m2       | Handled  | ram W 1    | RemoteAccessReply>m2 |
        | ram W; RangeFault m2 | RemoteAccess m2 write | Handled  | ram W 1    | RemoteAccessReply>m2 |
        """;

    private const string Migrations = """
        | given                                             | message              | verdict  | entry        | effects                                  |
        | none                                              | MigrateVma m3        | Handled  | m3 W 0       | MigrateFinalize>m3 moved W               |
        | ram W                                             | MigrateVma m3        | Handled  | moving W 1   | timer CpuUnmapDone                       |
        | ram R                                             | MigrateVma m3        | Handled  | moving R 1   | timer CpuUnmapDone                       |
        | ram WAD                                           | MigrateVma m3        | Handled  | moving WAD 1 | timer CpuUnmapDone                       |
        | ram W; RangeFault m2                              | MigrateVma m3        | Handled  | moving W 1   | InvalidateStart>m2, timer CpuUnmapDone   |
        | m2 W                                              | MigrateVma m3        | Handled  | moving W 0   | CopyPages>m2 for m3                      |
        | m2 W                                              | MigrateVma m2        | Handled  | m2 W 0       | MigrateFinalize>m2 stays                 |
        | m2 W; CpuFault                                    | MigrateVma m3        | Deferred | m2 W 0       |                                          |
        | m2 W; CpuFault                                    | MigrateVma m2 answer | Handled  | moving W 1   | CopyPages>m2 for m1                      |
        | m2 W; CpuFault                                    | MigrateVma m2 to-ram | Handled  | m2 W 0       | FreePages>m2 nothing                     |
        | none                                              | MigrateVma m2 to-ram | Handled  | none 0       | FreePages>m2 nothing                     |
        | ram W                                             | MigrateVma m2 to-ram | Handled  | ram W 1      | FreePages>m2 nothing                     |
        | m2 R                                              | MigrateVma m2 to-ram | Handled  | moving R 1   | CopyPages>m2 for m1                      |
        | m2 W                                              | MigrateVma m3 to-ram | Handled  | m2 W 0       | FreePages>m3 nothing                     |
        | ram W; MigrateVma m3                              | MigrateVma m2 to-ram | Handled  | moving W 1   | FreePages>m2 nothing                     |
        | ram W; Unmap                                      | MigrateVma m3        | Deferred | ram W 1      |                                          |
        | ram WAD; MigrateVma m3                            | CpuUnmapDone         | Handled  | moving WAD 1 | PageData>m3                              |
        | ram W; RangeFault m2; MigrateVma m3               | InvalidateAck m2     | Handled  | moving W 1   |                                          |
        | ram W; RangeFault m2; MigrateVma m3; CpuUnmapDone | InvalidateAck m2     | Handled  | moving W 1   | InvalidateEnd>m2, PageData>m3            |
        | ram WAD; MigrateVma m3; CpuUnmapDone              | CopyDone m3          | Handled  | m3 W 0       | MigrateFinalize>m3 moved W               |
        | ram R; MigrateVma m3; CpuUnmapDone                | CopyDone m3          | Handled  | m3 R 0       | MigrateFinalize>m3 moved R               |
        | ram WAD; MigrateVma m3; CpuUnmapDone; pin         | CopyDone m3          | Handled  | ram WAD 1    | MigrateFinalize>m3 stays                 |
        | m2 W; MigrateVma m3                               | CopyDone m3          | Handled  | m3 W 0       | MigrateFinalize>m3 moved W, FreePages>m2 |
        | m2 R; MigrateVma m3                               | CopyDone m3          | Handled  | m3 R 0       | MigrateFinalize>m3 moved R, FreePages>m2 |
        | m2 W; CpuFault; MigrateVma m2 answer              | PageData m2          | Handled  | ram WA 1     | FreePages>m2, wake                       |
        | m2 R; MigrateVma m2 to-ram                        | PageData m2          | Handled  | ram R 1      | FreePages>m2                             |
        """;

    private const string Unmaps = """
        | given                                                | message          | verdict  | entry      | effects                                                                   |
        | none                                                 | Unmap            | Handled  | none 0     | timer CpuUnmapDone                                                        |
        | ram W                                                | Unmap            | Handled  | ram W 1    | timer CpuUnmapDone                                                        |
        | ram W; RangeFault m2                                 | Unmap            | Handled  | ram W 1    | InvalidateStart>m2, timer CpuUnmapDone                                    |
        | m2 W                                                 | Unmap            | Handled  | m2 W 0     | InvalidateStart>m2, timer CpuUnmapDone                                    |
        | ram W; MigrateVma m3                                 | Unmap            | Deferred | moving W 1 |                                                                           |
        | ram W; Unmap                                         | Unmap            | Deferred | ram W 1    |                                                                           |
        | ram W; Unmap                                         | CpuUnmapDone     | Handled  | none 0     | wake                                                                      |
        | ram W; RangeFault m2; Unmap                          | CpuUnmapDone     | Handled  | ram W 1    |                                                                           |
        | ram W; RangeFault m2; Unmap; CpuUnmapDone            | InvalidateAck m2 | Handled  | none 0     | InvalidateEnd>m2, wake                                                    |
        | m2 W; Unmap; CpuUnmapDone                            | InvalidateAck m2 | Handled  | none 0     | InvalidateEnd>m2, FreePages>m2, wake                                      |
        | ram W; Unmap; CpuFault; RangeFault m2; MigrateVma m3 | CpuUnmapDone     | Handled  | none 0     | wake, violation, wake, RangeFaultReply>m2 error, MigrateFinalize>m3 stays |
        | ram W; Unmap; CpuUnmapDone                           | CpuFault read    | Handled  | none 0     | violation, wake                                                           |
        | ram W; Unmap; CpuUnmapDone                           | RangeFault m2    | Handled  | none 0     | RangeFaultReply>m2 error                                                  |
        | ram W; Unmap; CpuUnmapDone                           | MigrateVma m3    | Handled  | none 0     | MigrateFinalize>m3 stays                                                  |
        """;

    private const string ReadOnlyArea = """
        | given | message             | verdict | entry    | effects                    |
        | none  | CpuFault read       | Handled | ram RA 1 | wake                       |
        | none  | CpuFault write      | Handled | none 0   | violation, wake            |
        | none  | RangeFault m2       | Handled | ram R 1  | RangeFaultReply>m2 R       |
        | none  | RangeFault m2 write | Handled | none 0   | RangeFaultReply>m2 error   |
        | none  | MigrateVma m3       | Handled | m3 R 0   | MigrateFinalize>m3 moved R |
        """;

    [Fact]
    public void Touches_by_cpu_threads_and_devices() => TextTable.Verify(Touches, answers: 3, row => new HomeRig(row[0]).Deliver(row[1]));

    [Fact]
    public void Migrations_from_collect_to_finalize() => TextTable.Verify(Migrations, answers: 3, row => new HomeRig(row[0]).Deliver(row[1]));

    [Fact]
    public void Unmap_waits_for_every_mirror_and_everybody_waits_for_unmap() => TextTable.Verify(Unmaps, answers: 3, row => new HomeRig(row[0]).Deliver(row[1]));

    [Fact]
    public void A_read_only_area_refuses_stores() =>
        TextTable.Verify(ReadOnlyArea, answers: 3, row => new HomeRig(row[0], writableArea: false).Deliver(row[1]));

    [Theory]
    [InlineData("swap", "CpuFault", "Swap(file 0, slot 3) meets CpuTouch")]
    [InlineData("exclusive", "CpuFault", "DeviceExclusive(pfn 0x1000 W) meets CpuTouch")]
    [InlineData("poison", "RangeFault m2", "HwPoison(pfn 0x1000 R) meets DeviceTouch")]
    [InlineData("marker", "MigrateVma m3", "Marker(1) meets CollectForDevice")]
    [InlineData("none", "RemoteAccess m2", "None meets RemoteAccess")]
    [InlineData("m2 W", "RemoteAccess m2", "DevicePrivate(pfn 0x10000 W) meets RemoteAccess")]
    [InlineData("none", "CpuUnmapDone", "no transaction unmaps under this number")]
    [InlineData("ram W", "InvalidateAck m2", "no transaction unmaps under this number")]
    [InlineData("ram W; MigrateVma m3; CpuUnmapDone", "CpuUnmapDone", "Copying")]
    [InlineData("ram W; MigrateVma m3", "CopyDone m3", "Unmapping")]
    [InlineData("none", "CopyDone m3", "no transaction copies under this number")]
    [InlineData("m2 W; MigrateVma m3; CopyDone m3", "CopyDone m3", "no transaction copies under this number")]
    [InlineData("none", "PageData m2", "no transaction copies under this number")]
    [InlineData("none", "MigrateFinalize m2", "no CPU memory receives this kind")]
    [InlineData("none", "DeviceFault m2", "no CPU memory receives this kind")]
    public void An_impossible_message_names_state_message_transaction_and_time(string given, string message, string state)
    {
        HomeRig rig = new(given);
        Message sent = HomeRig.Parse(message);
        ImpossibleStepException impossible = Assert.Throws<ImpossibleStepException>(() => rig.Step(sent));
        Assert.StartsWith("CpuMemory: impossible in state [", impossible.Message, StringComparison.Ordinal);
        Assert.Contains(state, impossible.Message, StringComparison.Ordinal);
        Assert.Contains($"{sent.Kind} {sent.From}->m1", impossible.Message, StringComparison.Ordinal);
        Assert.Contains($"{sent.Transaction}", impossible.Message, StringComparison.Ordinal);
        Assert.EndsWith($"at {sent.ActsAt}", impossible.Message, StringComparison.Ordinal);
        Assert.Same(sent, impossible.StepMessage);
    }

    [Fact]
    public void Only_kinds_that_a_home_receives_are_handled()
    {
        foreach (MessageRoles roles in MessageRoles.All.Where(roles => !roles.Receivers.Contains(Role.Home)))
        {
            ImpossibleStepException impossible = Assert.Throws<ImpossibleStepException>(() => new HomeRig("none").Step(HomeRig.Parse($"{roles.Kind} m2")));
            Assert.Contains("no CPU memory receives this kind", impossible.Message, StringComparison.Ordinal);
        }
    }
}
