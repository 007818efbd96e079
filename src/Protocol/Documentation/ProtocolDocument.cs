using System.Text;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol.Documentation;

/// <summary>Writes <c>docs/PROTOCOL.md</c> from the code, so that the document cannot say anything else than the machines do.</summary>
public static class ProtocolDocument
{
    private const int EventsPerTable = 6;

    /// <summary>The whole document as Markdown, lines ended by a line feed.</summary>
    public static string Render()
    {
        StringBuilder text = new();
        text.Append(
            """
            # The protocol

            Written by `ProtocolDocument.Render` from the code; do not edit. A test compares it, and `UPDATE_GOLDEN=1 dotnet test
            tests/Protocol.Tests` writes it anew.

            Two machines share every page. The *home* is the CPU memory of one host: it owns the RAM and the page table of the address
            ranges whose home it is. A *device* owns memory that the home's CPU cannot address, and a page table of its own; the RAM of
            another host is a device too. An entry of the home's page table is empty, present, or a special swap entry that says who
            has the page. Touching a special entry starts a transaction between the owners, and the end of the transaction replaces the
            entry. Nothing else moves a page.

            Control messages are first-in first-out for each pair of endpoints; copies and timers come in any order.


            """.ReplaceLineEndings("\n"));
        AppendMessages(text);
        AppendPhases(text);
        AppendEntries(text);
        AppendTable<EntryKind, CpuPageEvent, CpuPageAction>(
            text, "The home", "What the home does with a page, by its entry and what happens to it. A page that a transaction has locked counts as "
            + "Migration, also while its entry still names the owner.", CpuMemoryTable.Decide);
        AppendTable<DeviceEntryKind, DevicePageEvent, DevicePageAction>(
            text, "A device", "What the driver of a device does with a page, by the entry in the device's page table.", DeviceMemoryTable.Decide);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void AppendMessages(StringBuilder text)
    {
        text.Append("## Messages\n\n");
        AppendRow(text, "Message", "From", "To", "Meaning");
        AppendRow(text, "---", "---", "---", "---");
        foreach (MessageRoles roles in MessageRoles.All)
        {
            AppendRow(text, $"`{roles.Kind}`", string.Join(", ", roles.Senders), string.Join(", ", roles.Receivers), roles.Meaning);
        }

        text.Append('\n');
    }

    private static void AppendPhases(StringBuilder text)
    {
        text.Append("## Phases of a migration\n\nThose in which other messages can come between, in order.\n\n");
        AppendRow(text, "Phase", "The home waits for", "Then");
        AppendRow(text, "---", "---", "---");
        foreach (MigrationPhase phase in Enum.GetValues<MigrationPhase>())
        {
            (string waitsFor, string then) = Describe(phase);
            AppendRow(text, $"`{phase}`", waitsFor, then);
        }

        text.Append('\n');
    }

    private static (string WaitsFor, string Then) Describe(MigrationPhase phase) => phase switch
    {
        MigrationPhase.AwaitingOwner => ("`MigrateVma` of the owner, which a CPU touch has asked", "Collect: lock the pages, put migration entries in place"),
        MigrationPhase.Unmapping => ("`InvalidateAck` of every mirror, `CpuUnmapDone` of its own TLBs", "Copy: nobody reaches the pages any more"),
        MigrationPhase.Copying => ("`PageData` (to RAM) or `CopyDone` (to a device) of every source", "Migrate pages and finalize, or the second copy"),
        MigrationPhase.CopyingFromStaging => ("`CopyDone` of the destination, for pages that went through RAM", "Migrate pages and finalize"),
        MigrationPhase.Done => ("nothing", "Entries are replaced, source and destination told, waiters go on"),
    };

    private static void AppendEntries(StringBuilder text)
    {
        text.Append(
            """
            ## Entries of the home's page table

            The encoding of x86-64 Linux, 64 bits; zero is an empty entry.

            ```
            present:   | 63 NX | 62..52 0 | 51..12 frame number | 6 D | 5 A | 2 user | 1 W | 0 P=1 |
            swap:      | 63..59 type | 58..9 offset, every bit inverted | 8..1 flags | 0 P=0 |
            offset:    | 49..42 0 | 41 dirty | 40 young | 39..0 frame number |     (dirty and young on migration entries only)
            ```


            """.ReplaceLineEndings("\n"));
        AppendRow(text, "Code", "Type", "Kind", "Writable", "Example, frame 0x101c1f");
        AppendRow(text, "---", "---", "---", "---", "---");
        foreach (SwapEntryType type in Enum.GetValues<SwapEntryType>())
        {
            PageTableEntry entry = PageTableEntry.Swap(type, type == SwapEntryType.PteMarker ? 1UL : 0x101c1f);
            string code = type == SwapEntryType.SwapFile ? "0..23" : $"{(byte)type}";
            AppendRow(text, code, $"`{type}`", $"{entry.Kind}", entry.IsWritable ? "yes" : "no", $"`{entry.Raw:x16}`");
        }

        text.Append("\nThe marker holds bits instead of a frame; the example is marker 1.\n\n");
    }

    private static void AppendTable<TEntry, TEvent, TAction>(StringBuilder text, string title, string meaning, Func<TEntry, TEvent, TAction> decide)
        where TEntry : struct, Enum
        where TEvent : struct, Enum
        where TAction : struct, Enum
    {
        text.Append("## ").Append(title).Append("\n\n").Append(meaning)
            .Append(" A dash is impossible: the run stops with state, message, transaction and time.\n\n");
        foreach (TEvent[] events in Enum.GetValues<TEvent>().Chunk(EventsPerTable))
        {
            AppendRow(text, ["Entry", .. events.Select(pageEvent => pageEvent.ToString())]);
            AppendRow(text, [.. Enumerable.Repeat("---", events.Length + 1)]);
            foreach (TEntry entry in Enum.GetValues<TEntry>())
            {
                AppendRow(text, [$"**{entry}**", .. events.Select(pageEvent => Cell(decide(entry, pageEvent)))]);
            }

            text.Append('\n');
        }
    }

    private static string Cell<TAction>(TAction action)
        where TAction : struct, Enum => EqualityComparer<TAction>.Default.Equals(action, default) ? "-" : action.ToString();

    private static void AppendRow(StringBuilder text, params string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
