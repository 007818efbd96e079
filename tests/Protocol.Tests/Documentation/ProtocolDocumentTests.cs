using HmmSim.Protocol.Documentation;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol.Tests.Documentation;

/// <summary>The protocol's document is what the code says.</summary>
public sealed class ProtocolDocumentTests
{
    [Fact]
    public void The_document_is_up_to_date() => GoldenFile.Verify("docs/PROTOCOL.md", ProtocolDocument.Render());

    [Fact]
    public void The_document_names_every_message_entry_event_and_phase()
    {
        string text = ProtocolDocument.Render();
        string[] names =
        [
            .. Enum.GetNames<MessageKind>().Skip(1), .. Enum.GetNames<EntryKind>(), .. Enum.GetNames<SwapEntryType>(), .. Enum.GetNames<MigrationPhase>(),
            .. Enum.GetNames<CpuPageEvent>(), .. Enum.GetNames<DeviceEntryKind>(), .. Enum.GetNames<DevicePageEvent>(),
        ];
        Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));
    }
}
