using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol.Tests.Tables;

/// <summary>Both state tables, cell by cell: a change of the protocol is a change of these texts. A dot is Impossible.</summary>
public sealed class StateTableTests
{
    private const string HomeTable = """
        |                        | None        | Present   | Swap | Migration | DevicePrivate | DeviceExclusive | HwPoison | Marker |
        | CpuTouch               | Populate    | Report    | .    | Wait      | MigrateToRam  | .               | .        | .      |
        | DeviceTouch            | Populate    | Report    | .    | Wait      | MigrateToRam  | .               | .        | .      |
        | OwnerTouch             | .           | .         | .    | Wait      | Report        | .               | .        | .      |
        | CollectForDevice       | CollectHole | Collect   | .    | Wait      | Collect       | .               | .        | .      |
        | CollectForOwner        | .           | .         | .    | Wait      | Skip          | .               | .        | .      |
        | CollectForRam          | Skip        | Skip      | .    | Skip      | Collect       | .               | .        | .      |
        | CollectForRamElsewhere | .           | .         | .    | Skip      | Skip          | .               | .        | .      |
        | MovePage               | .           | .         | .    | Move      | .             | .               | .        | .      |
        | FillHole               | Insert      | Discard   | .    | Discard   | Discard       | .               | .        | .      |
        | Unmap                  | Skip        | FreeFrame | .    | .         | FreeAtOwner   | .               | .        | .      |
        | RemoteAccess           | .           | Access    | .    | Access    | .             | .               | .        | .      |
        """;

    private const string DeviceTable = """
        |                  | None           | LocalRead     | LocalWrite | Held          | Reserved      | RemoteRead     | RemoteWrite | Error |
        | ReadFault        | Fetch          | Skip          | Skip       | Walk          | .             | Skip           | Skip        | Skip  |
        | WriteFault       | Fetch          | Walk          | Skip       | Walk          | .             | Walk           | Skip        | Skip  |
        | BringAlong       | Fetch          | Skip          | Skip       | Skip          | .             | Skip           | Skip        | Skip  |
        | ReportedRamRead  | MapRemoteRead  | .             | .          | .             | .             | MapRemoteRead  | .           | .     |
        | ReportedRamWrite | MapRemoteWrite | .             | .          | .             | .             | MapRemoteWrite | .           | .     |
        | ReportedOwnRead  | .              | MapLocalRead  | .          | MapLocalRead  | .             | .              | .           | .     |
        | ReportedOwnWrite | .              | MapLocalWrite | .          | MapLocalWrite | .             | .              | .           | .     |
        | ReportedError    | MarkError      | Skip          | .          | .             | .             | Skip           | .           | Skip  |
        | MovedRead        | .              | .             | .          | .             | MapLocalRead  | .              | .           | .     |
        | MovedWrite       | .              | .             | .          | .             | MapLocalWrite | .              | .           | .     |
        | NotMoved         | .              | .             | .          | .             | FreeFrame     | .              | .           | .     |
        | Invalidate       | Skip           | Hold          | Hold       | Skip          | Skip          | Unmap          | Unmap       | Skip  |
        | CopyOut          | .              | Copy          | Copy       | Copy          | .             | .              | .           | .     |
        | Arrive           | .              | .             | .          | .             | Store         | .              | .           | .     |
        | Free             | .              | .             | .          | FreeFrame     | .             | .              | .           | .     |
        | MigrateToRam     | .              | Request       | Request    | Request       | .             | .              | .           | .     |
        | SendAlong        | Skip           | Request       | Request    | Request       | Skip          | Skip           | Skip        | Skip  |
        | Evict            | .              | Request       | Request    | Request       | Skip          | .              | .           | .     |
        """;

    [Fact]
    public void The_table_of_the_home() => Assert.Equal(Lines(HomeTable), Grid<CpuPageEvent, EntryKind, CpuPageAction>(CpuMemoryTable.Decide));

    [Fact]
    public void The_table_of_a_device() =>
        Assert.Equal(Lines(DeviceTable), Grid<DevicePageEvent, DeviceEntryKind, DevicePageAction>(DeviceMemoryTable.Decide));

    private static string Lines(string text) => text.ReplaceLineEndings("\n") + "\n";

    private static string Grid<TEvent, TEntry, TAction>(Func<TEntry, TEvent, TAction> decide)
        where TEvent : struct, Enum
        where TEntry : struct, Enum
        where TAction : struct, Enum
    {
        TEntry[] entries = Enum.GetValues<TEntry>();
        return TextTable.Format(
        [
            ["", .. entries.Select(entry => entry.ToString())],
            .. Enum.GetValues<TEvent>().Select(pageEvent => (string[])[pageEvent.ToString(), .. entries.Select(entry => Cell(decide(entry, pageEvent)))]),
        ]);
    }

    private static string Cell<TAction>(TAction action)
        where TAction : struct, Enum => action.ToString() is "Impossible" ? "." : action.ToString();
}
