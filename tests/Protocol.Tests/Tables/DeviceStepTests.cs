using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol.Tests.Tables;

/// <summary>
/// Single steps of a device. <c>given</c>: the entry of the page and the messages that came before; <c>entry</c>: the entry after
/// the message and the device frames in use. <c>serve</c> is a fault with what the driver does about it.
/// </summary>
public sealed class DeviceStepTests
{
    private const string Faults = """
        | given                            | message       | verdict | entry         | effects            |
        | None                             | DeviceFault   | Handled | None 0        | timer ServiceBatch |
        | None                             | serve         | Handled | None 1        | MigrateVma>m1      |
        | None                             | serve map     | Handled | None 0        | RangeFault>m1      |
        | LocalRead                        | serve         | Handled | LocalRead 1   | replay             |
        | LocalRead                        | serve write   | Handled | LocalRead 1   | RangeFault>m1      |
        | LocalWrite                       | serve write   | Handled | LocalWrite 1  | replay             |
        | Unmapped                         | serve         | Handled | None 2        | MigrateVma>m1      |
        | Unmapped                         | serve map     | Handled | None 1        | RangeFault>m1      |
        | Atomic                           | serve         | Handled | Atomic 0      | replay             |
        | Atomic                           | serve write   | Handled | Atomic 0      | RangeFault>m1      |
        | RemoteRead                       | serve         | Handled | RemoteRead 0  | replay             |
        | RemoteRead                       | serve write   | Handled | RemoteRead 0  | RangeFault>m1      |
        | RemoteWrite                      | serve write   | Handled | RemoteWrite 0 | replay             |
        | Error                            | serve         | Handled | Error 0       | replay             |
        | None; InvalidateStart            | serve map     | Handled | None 0        |                    |
        | None; InvalidateStart; serve map | InvalidateEnd | Handled | None 0        | RangeFault>m1      |
        """;

    private const string Answers = """
        | given                                           | message                 | verdict | entry         | effects       |
        | None; serve                                     | PageData                | Handled | None 1        | CopyDone>m1   |
        | None; serve                                     | MigrateFinalize moved-W | Handled | LocalWrite 1  | replay        |
        | None; serve                                     | MigrateFinalize moved-R | Handled | LocalRead 1   | replay        |
        | None; serve                                     | MigrateFinalize stays   | Handled | None 0        | RangeFault>m1 |
        | None; serve map                                 | RangeFaultReply ram-W   | Handled | RemoteWrite 0 | replay        |
        | None; serve map                                 | RangeFaultReply ram-R   | Handled | RemoteRead 0  | replay        |
        | None; serve map                                 | RangeFaultReply error   | Handled | Error 0       | replay        |
        | None; serve map; InvalidateStart                | RangeFaultReply ram-W   | Handled | None 0        |               |
        | None; serve map; InvalidateStart; InvalidateEnd | RangeFaultReply ram-W   | Handled | None 0        | RangeFault>m1 |
        | RemoteRead; serve write                         | RangeFaultReply ram-W   | Handled | RemoteWrite 0 | replay        |
        | RemoteRead; serve write                         | RangeFaultReply error   | Handled | Error 0       | replay        |
        | LocalRead; serve write                          | RangeFaultReply own-W   | Handled | LocalWrite 1  | replay        |
        | LocalRead; serve write                          | RangeFaultReply error   | Handled | Error 1       | replay        |
        | Atomic; serve write                             | RangeFaultReply ram-W   | Handled | RemoteWrite 0 | replay        |
        | Unmapped; serve map                             | RangeFaultReply own-R   | Handled | LocalRead 1   | replay        |
        | Unmapped; serve map                             | RangeFaultReply own-W   | Handled | LocalWrite 1  | replay        |
        | Unmapped; serve map write; CopyPages            | RangeFaultReply own-W   | Handled | None 1        | RangeFault>m1 |
        """;

    private const string Homes = """
        | given                 | message            | verdict | entry         | effects              |
        | None                  | InvalidateStart    | Handled | None 0        | InvalidateAck>m1     |
        | LocalRead             | InvalidateStart    | Handled | None 1        | InvalidateAck>m1     |
        | LocalWrite            | InvalidateStart    | Handled | None 1        | InvalidateAck>m1     |
        | Unmapped              | InvalidateStart    | Handled | None 1        | InvalidateAck>m1     |
        | Atomic                | InvalidateStart    | Handled | None 0        | InvalidateAck>m1     |
        | RemoteRead            | InvalidateStart    | Handled | None 0        | InvalidateAck>m1     |
        | RemoteWrite           | InvalidateStart    | Handled | None 0        | InvalidateAck>m1     |
        | Error                 | InvalidateStart    | Handled | None 0        | InvalidateAck>m1     |
        | LocalRead             | CopyPages          | Handled | None 1        | PageData>m3          |
        | LocalWrite            | CopyPages          | Handled | None 1        | PageData>m3          |
        | Unmapped              | CopyPages          | Handled | None 1        | PageData>m3          |
        | LocalWrite; CopyPages | FreePages          | Handled | None 0        |                      |
        | Unmapped              | FreePages          | Handled | None 0        |                      |
        | None                  | FreePages nothing  | Handled | None 0        |                      |
        | LocalRead             | MigrateToRam       | Handled | LocalRead 1   | MigrateVma>m1 to-ram |
        | LocalWrite            | MigrateToRam       | Handled | LocalWrite 1  | MigrateVma>m1 to-ram |
        | Unmapped              | MigrateToRam       | Handled | None 1        | MigrateVma>m1 to-ram |
        | Unmapped              | PageData           | Handled | None 1        | CopyDone>m1          |
        | LocalWrite            | RemoteAccess       | Handled | LocalWrite 1  | RemoteAccessReply>m1 |
        | LocalWrite            | RemoteAccess write | Handled | LocalWrite 1  | RemoteAccessReply>m1 |
        | RemoteWrite           | RemoteAccessReply  | Handled | RemoteWrite 0 | wake                 |
        """;

    [Fact]
    public void Faults_and_what_the_driver_does_about_them() => TextTable.Verify(Faults, answers: 3, row => new DeviceRig(row[0]).Deliver(row[1]));

    [Fact]
    public void Answers_of_homes() => TextTable.Verify(Answers, answers: 3, row => new DeviceRig(row[0]).Deliver(row[1]));

    [Fact]
    public void What_homes_ask_is_answered_in_the_same_step() => TextTable.Verify(Homes, answers: 3, row => new DeviceRig(row[0]).Deliver(row[1]));

    [Theory]
    [InlineData("None", "CopyPages", "pfn 0x10000 of page 0 is free")]
    [InlineData("RemoteWrite", "CopyPages", "pfn 0x10000 of page 0 is free")]
    [InlineData("Unmapped; FreePages", "CopyPages", "pfn 0x10000 of page 0 is free")]
    [InlineData("None", "RemoteAccess", "pfn 0x10000 is not in use")]
    [InlineData("None; serve; MigrateFinalize moved-W", "MigrateFinalize moved-W", "no request is open under this number")]
    [InlineData("None; serve map; RangeFaultReply ram-W", "RangeFaultReply ram-W", "no request is open under this number")]
    [InlineData("None", "CpuFault", "no device memory receives this kind")]
    public void An_impossible_message_names_state_message_transaction_and_time(string given, string message, string state)
    {
        DeviceRig rig = new(given);
        Message sent = rig.Parse(message);
        ImpossibleStepException impossible = Assert.Throws<ImpossibleStepException>(() => rig.Step(sent));
        Assert.Contains($"DeviceMemory: impossible in state [{state}]", impossible.Message, StringComparison.Ordinal);
        Assert.Contains($"{sent.Kind} {sent.From}->m2", impossible.Message, StringComparison.Ordinal);
        Assert.Contains($"{sent.Transaction}", impossible.Message, StringComparison.Ordinal);
        Assert.EndsWith($"at {sent.ActsAt}", impossible.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("None", "FreePages")]
    [InlineData("Unmapped; FreePages", "FreePages")]
    [InlineData("None", "PageData")]
    public void A_message_about_a_free_frame_is_refused(string given, string message)
    {
        DeviceRig rig = new(given);
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => rig.Step(rig.Parse(message)));
        Assert.Contains("pfn 0x10000 is free", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_kinds_that_a_device_receives_are_handled()
    {
        foreach (MessageRoles roles in MessageRoles.All.Where(roles => !roles.Receivers.Contains(Role.Device)))
        {
            DeviceRig rig = new("None");
            ImpossibleStepException impossible = Assert.Throws<ImpossibleStepException>(() => rig.Step(rig.Parse($"{roles.Kind}")));
            Assert.Contains("no device memory receives this kind", impossible.Message, StringComparison.Ordinal);
        }
    }
}
