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
        | given                                                   | message               | verdict  | entry         | effects                             |
        | none                                                    | CpuFault read         | Handled  | zero 0        | wake                                |
        | none                                                    | CpuFault write        | Handled  | ram WAD 1     | wake                                |
        | zero                                                    | CpuFault read         | Handled  | zero 0        | wake                                |
        | zero                                                    | CpuFault write        | Handled  | ram WAD 1     | wake                                |
        | zero; RangeFault m2                                     | CpuFault write        | Deferred | zero 1        | InvalidateStart>m2                  |
        | zero; RangeFault m2; CpuFault write                     | InvalidateAck m2      | Handled  | ram WAD 1     | InvalidateEnd>m2, wake              |
        | ram W                                                   | CpuFault read         | Handled  | ram WA 1      | wake                                |
        | ram W                                                   | CpuFault write        | Handled  | ram WAD 1     | wake                                |
        | ram R                                                   | CpuFault read         | Handled  | ram RA 1      | wake                                |
        | ram R                                                   | CpuFault write        | Handled  | ram WAD 1     | wake                                |
        | m2 W                                                    | CpuFault read         | Deferred | m2 W 0        | MigrateToRam>m2                     |
        | m2 W; CpuFault                                          | CpuFault write        | Deferred | m2 W 0        |                                     |
        | swap own                                                | CpuFault read         | Handled  | ram WA 1      | wake                                |
        | swap own                                                | CpuFault write        | Handled  | ram WAD 1     | wake                                |
        | exclusive W                                             | CpuFault read         | Handled  | ram WAD 1     | wake                                |
        | exclusive R                                             | CpuFault write        | Handled  | ram WAD 1     | wake                                |
        | poison                                                  | CpuFault read         | Handled  | poison 1      | violation, wake                     |
        | marker                                                  | CpuFault write        | Handled  | marker 0      | violation, wake                     |
        | ram W; MigrateVma m3                                    | CpuFault read         | Deferred | moving W 1    |                                     |
        | ram W; Unmap                                            | CpuFault read         | Deferred | ram W 1       |                                     |
        | none                                                    | RangeFault m2         | Handled  | zero 0        | RangeFaultReply>m2 R                |
        | none                                                    | RangeFault m2 write   | Handled  | ram WAD 1     | RangeFaultReply>m2 W                |
        | zero                                                    | RangeFault m2         | Handled  | zero 0        | RangeFaultReply>m2 R                |
        | zero                                                    | RangeFault m2 write   | Handled  | ram WAD 1     | RangeFaultReply>m2 W                |
        | ram W                                                   | RangeFault m2 write   | Handled  | ram W 1       | RangeFaultReply>m2 W                |
        | ram R                                                   | RangeFault m2         | Handled  | ram R 1       | RangeFaultReply>m2 R                |
        | ram R                                                   | RangeFault m2 write   | Handled  | ram WAD 1     | RangeFaultReply>m2 W                |
        | m2 W                                                    | RangeFault m2 write   | Handled  | m2 W 0        | RangeFaultReply>m2 W                |
        | m2 R                                                    | RangeFault m2         | Handled  | m2 R 0        | RangeFaultReply>m2 R                |
        | m2 R                                                    | RangeFault m2 write   | Deferred | m2 R 0        | MigrateToRam>m2                     |
        | m2 W                                                    | RangeFault m3         | Deferred | m2 W 0        | MigrateToRam>m2                     |
        | swap own                                                | RangeFault m2         | Handled  | ram WA 1      | RangeFaultReply>m2 W                |
        | exclusive W                                             | RangeFault m2         | Handled  | ram WAD 1     | RangeFaultReply>m2 W                |
        | poison                                                  | RangeFault m2         | Handled  | poison 1      | RangeFaultReply>m2 error            |
        | ram W; MigrateVma m3                                    | RangeFault m2         | Deferred | moving W 1    |                                     |
        | m2 W; CpuFault                                          | RangeFault m2         | Deferred | m2 W 0        |                                     |
        | ram W; Unmap                                            | RangeFault m2         | Deferred | ram W 1       |                                     |
        | none                                                    | MakeExclusive m2      | Deferred | ram WAD 1     | timer CpuUnmapDone                  |
        | ram W                                                   | MakeExclusive m2      | Deferred | ram WAD 1     | timer CpuUnmapDone                  |
        | ram W; MakeExclusive m2                                 | CpuUnmapDone t2       | Handled  | exclusive W 1 | ExclusiveReply>m2                   |
        | ram W; RangeFault m3; MakeExclusive m2; CpuUnmapDone t2 | InvalidateAck m3 t2   | Handled  | exclusive W 1 | InvalidateEnd>m3, ExclusiveReply>m2 |
        | ram W; MakeExclusive m2                                 | CpuFault read         | Deferred | ram WAD 1     |                                     |
        | ram W; MakeExclusive m2; CpuFault read                  | CpuUnmapDone t2       | Handled  | ram WAD 1     | ExclusiveReply>m2, wake             |
        | ram W; MakeExclusive m2                                 | MigrateVma m3         | Deferred | ram WAD 1     |                                     |
        | m3 W                                                    | MakeExclusive m2      | Deferred | m3 W 0        | MigrateToRam>m3                     |
        | ram W; RangeFault m2                                    | RemoteAccess m2       | Handled  | ram W 1       | RemoteAccessReply>m2                |
        | ram W; RangeFault m2                                    | RemoteAccess m2 write | Handled  | ram W 1       | RemoteAccessReply>m2                |
        """;

    private const string Migrations = """
        | given                                             | message              | verdict  | entry         | effects                                  |
        | none                                              | MigrateVma m3        | Handled  | m3 W 0        | MigrateFinalize>m3 moved W               |
        | zero                                              | MigrateVma m3        | Handled  | m3 W 0        | MigrateFinalize>m3 moved W               |
        | zero; RangeFault m2                               | MigrateVma m3        | Handled  | zero 0        | InvalidateStart>m2                       |
        | ram W                                             | MigrateVma m3        | Handled  | moving W 1    | timer CpuUnmapDone                       |
        | ram R                                             | MigrateVma m3        | Handled  | moving R 1    | timer CpuUnmapDone                       |
        | ram WAD                                           | MigrateVma m3        | Handled  | moving WAD 1  | timer CpuUnmapDone                       |
        | ram W; RangeFault m2                              | MigrateVma m3        | Handled  | moving W 1    | InvalidateStart>m2, timer CpuUnmapDone   |
        | m2 W                                              | MigrateVma m3        | Handled  | moving W 0    | CopyPages>m2 for m3                      |
        | m2 W                                              | MigrateVma m2        | Handled  | m2 W 0        | MigrateFinalize>m2 stays                 |
        | m2 W; CpuFault                                    | MigrateVma m3        | Deferred | m2 W 0        |                                          |
        | m2 W; CpuFault                                    | MigrateVma m2 answer | Handled  | moving W 1    | CopyPages>m2 for m1                      |
        | m2 W; CpuFault                                    | MigrateVma m2 to-ram | Handled  | m2 W 0        | FreePages>m2 nothing                     |
        | none                                              | MigrateVma m2 to-ram | Handled  | none 0        | FreePages>m2 nothing                     |
        | ram W                                             | MigrateVma m2 to-ram | Handled  | ram W 1       | FreePages>m2 nothing                     |
        | m2 R                                              | MigrateVma m2 to-ram | Handled  | moving R 1    | CopyPages>m2 for m1                      |
        | m2 W                                              | MigrateVma m3 to-ram | Handled  | m2 W 0        | FreePages>m3 nothing                     |
        | ram W; MigrateVma m3                              | MigrateVma m2 to-ram | Handled  | moving W 1    | FreePages>m2 nothing                     |
        | swap own                                          | MigrateVma m3        | Handled  | swap own 0    | MigrateFinalize>m3 stays                 |
        | exclusive W                                       | MigrateVma m3        | Handled  | exclusive W 1 | MigrateFinalize>m3 stays                 |
        | poison                                            | MigrateVma m3        | Handled  | poison 1      | MigrateFinalize>m3 stays                 |
        | marker                                            | MigrateVma m3        | Handled  | marker 0      | MigrateFinalize>m3 stays                 |
        | ram W; Unmap                                      | MigrateVma m3        | Deferred | ram W 1       |                                          |
        | ram WAD; MigrateVma m3                            | CpuUnmapDone         | Handled  | moving WAD 1  | PageData>m3                              |
        | ram W; RangeFault m2; MigrateVma m3               | InvalidateAck m2     | Handled  | moving W 1    |                                          |
        | ram W; RangeFault m2; MigrateVma m3; CpuUnmapDone | InvalidateAck m2     | Handled  | moving W 1    | InvalidateEnd>m2, PageData>m3            |
        | ram WAD; MigrateVma m3; CpuUnmapDone              | CopyDone m3          | Handled  | m3 W 0        | MigrateFinalize>m3 moved W               |
        | ram R; MigrateVma m3; CpuUnmapDone                | CopyDone m3          | Handled  | m3 R 0        | MigrateFinalize>m3 moved R               |
        | ram WAD; MigrateVma m3; CpuUnmapDone; pin         | CopyDone m3          | Handled  | ram WAD 1     | MigrateFinalize>m3 stays                 |
        | m2 W; MigrateVma m3                               | CopyDone m3          | Handled  | m3 W 0        | MigrateFinalize>m3 moved W, FreePages>m2 |
        | m2 R; MigrateVma m3                               | CopyDone m3          | Handled  | m3 R 0        | MigrateFinalize>m3 moved R, FreePages>m2 |
        | m2 W; CpuFault; MigrateVma m2 answer              | PageData m2          | Handled  | ram WA 1      | FreePages>m2, wake                       |
        | m2 W; CpuFault write; MigrateVma m2 answer        | PageData m2          | Handled  | ram WAD 1     | FreePages>m2, wake                       |
        | m2 R; MigrateVma m2 to-ram                        | PageData m2          | Handled  | ram R 1       | FreePages>m2                             |
        """;

    private const string Unmaps = """
        | given                                                | message          | verdict  | entry         | effects                                                                   |
        | none                                                 | Unmap            | Handled  | none 0        | done                                                                      |
        | zero                                                 | Unmap            | Deferred | zero 0        | timer CpuUnmapDone                                                        |
        | ram W                                                | Unmap            | Deferred | ram W 1       | timer CpuUnmapDone                                                        |
        | ram W; RangeFault m2                                 | Unmap            | Deferred | ram W 1       | InvalidateStart>m2, timer CpuUnmapDone                                    |
        | m2 W                                                 | Unmap            | Deferred | m2 W 0        | InvalidateStart>m2, timer CpuUnmapDone                                    |
        | swap own                                             | Unmap            | Deferred | swap own 0    | timer CpuUnmapDone                                                        |
        | exclusive W                                          | Unmap            | Deferred | exclusive W 1 | timer CpuUnmapDone                                                        |
        | ram W; MigrateVma m3                                 | Unmap            | Deferred | moving W 1    |                                                                           |
        | ram W; Unmap                                         | Unmap            | Deferred | ram W 1       |                                                                           |
        | ram W; Unmap                                         | CpuUnmapDone     | Handled  | none 0        | done                                                                      |
        | swap own; Unmap                                      | CpuUnmapDone     | Handled  | none 0        | done                                                                      |
        | exclusive W; Unmap                                   | CpuUnmapDone     | Handled  | none 0        | done                                                                      |
        | poison; Unmap                                        | CpuUnmapDone     | Handled  | none 1        | done                                                                      |
        | ram W; RangeFault m2; Unmap                          | CpuUnmapDone     | Handled  | ram W 1       |                                                                           |
        | ram W; RangeFault m2; Unmap; CpuUnmapDone            | InvalidateAck m2 | Handled  | none 0        | InvalidateEnd>m2, done                                                    |
        | m2 W; Unmap; CpuUnmapDone                            | InvalidateAck m2 | Handled  | none 0        | InvalidateEnd>m2, done, FreePages>m2                                      |
        | ram W; Unmap; CpuFault; RangeFault m2; MigrateVma m3 | CpuUnmapDone     | Handled  | none 0        | done, violation, wake, RangeFaultReply>m2 error, MigrateFinalize>m3 stays |
        | ram W; Unmap; CpuUnmapDone                           | CpuFault read    | Handled  | none 0        | violation, wake                                                           |
        | ram W; Unmap; CpuUnmapDone                           | RangeFault m2    | Handled  | none 0        | RangeFaultReply>m2 error                                                  |
        | ram W; Unmap; CpuUnmapDone                           | MigrateVma m3    | Handled  | none 0        | MigrateFinalize>m3 stays                                                  |
        """;

    private const string ReadOnlyArea = """
        | given | message             | verdict | entry   | effects                    |
        | none  | CpuFault read       | Handled | zero 0  | wake                       |
        | none  | CpuFault write      | Handled | none 0  | violation, wake            |
        | none  | RangeFault m2       | Handled | zero 0  | RangeFaultReply>m2 R       |
        | none  | RangeFault m2 write | Handled | zero 0  | RangeFaultReply>m2 R       |
        | none  | MigrateVma m3       | Handled | m3 R 0  | MigrateFinalize>m3 moved R |
        | ram R | CpuFault write      | Handled | ram R 1 | violation, wake            |
        | ram R | RangeFault m2 write | Handled | ram R 1 | RangeFaultReply>m2 R       |
        | m2 R  | RangeFault m2 write | Handled | m2 R 0  | RangeFaultReply>m2 R       |
        """;

    [Fact]
    public void Touches_by_cpu_threads_and_devices() => TextTable.Verify(Touches, answers: 3, row => new HomeRig(row[0]).Deliver(row[1]));

    [Fact]
    public void Migrations_from_collect_to_finalize() => TextTable.Verify(Migrations, answers: 3, row => new HomeRig(row[0]).Deliver(row[1]));

    [Fact]
    public void Unmap_waits_for_every_mirror_and_everybody_waits_for_unmap() =>
        TextTable.Verify(Unmaps, answers: 3, row => new HomeRig(row[0]).Deliver(row[1]));

    [Fact]
    public void A_read_only_area_allows_loads_only() =>
        TextTable.Verify(ReadOnlyArea, answers: 3, row => new HomeRig(row[0], writableArea: false).Deliver(row[1]));

    [Theory]
    [InlineData("none", "RemoteAccess m2", "pfn 0x1000 is not in use")]
    [InlineData("ram W; Unmap; CpuUnmapDone", "RemoteAccess m2", "pfn 0x1000 is not in use")]
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
