using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol.Tests.Tables;

/// <summary>Both state tables, cell by cell: a change of the protocol is a change of these texts. A dot is Impossible.</summary>
public sealed class StateTableTests
{
    private const string HomeTable = """
        |                        | None        | Present          | Swap      | Migration | DevicePrivate | DeviceExclusive  | HwPoison  | Marker    |
        | CpuTouch               | Populate    | Report           | SwapIn    | Wait      | MigrateToRam  | TakeBack         | Fail      | Fail      |
        | WriteProtectedTouch    | .           | BreakSharing     | .         | Wait      | .             | .                | .         | .         |
        | DeviceTouch            | Populate    | Report           | SwapIn    | Wait      | MigrateToRam  | TakeBack         | Fail      | Fail      |
        | OwnerTouch             | .           | Report           | .         | Wait      | Report        | .                | .         | .         |
        | CollectForDevice       | CollectHole | Collect          | Skip      | Skip      | .             | Skip             | Skip      | Skip      |
        | CollectFromDevice      | .           | Collect          | .         | Skip      | Collect       | Skip             | .         | .         |
        | CollectUnselected      | .           | Skip             | .         | Skip      | Skip          | Skip             | .         | .         |
        | CollectForRam          | .           | Collect          | .         | Skip      | Collect       | Skip             | .         | .         |
        | CollectForRamElsewhere | Skip        | Skip             | Skip      | Skip      | Skip          | Skip             | Skip      | Skip      |
        | EvictExclusive         | .           | .                | .         | Skip      | .             | CollectLeaking   | .         | .         |
        | MovePage               | .           | .                | .         | Move      | .             | .                | .         | .         |
        | FillHole               | Insert      | Discard          | Discard   | Discard   | Discard       | Discard          | Discard   | Discard   |
        | Unmap                  | Skip        | DropFrame        | DropSlot  | .         | DropFrame     | DropFrame        | Clear     | Clear     |
        | Fork                   | Skip        | Share            | ShareSlot | .         | Share         | TakeBackAndShare | Skip      | Skip      |
        | Protect                | Skip        | ChangePermission | Skip      | .         | WriteProtect  | WriteProtect     | Skip      | Skip      |
        | Remap                  | Skip        | MoveEntry        | MoveEntry | .         | MoveEntry     | MoveEntry        | MoveEntry | MoveEntry |
        | MakeExclusive          | Skip        | LockOut          | Skip      | Wait      | Skip          | Skip             | Skip      | Skip      |
        | PageOut                | Skip        | SwapOut          | Skip      | .         | Skip          | Skip             | Skip      | Skip      |
        """;

    private const string DeviceTable = """
        |                  | None           | LocalRead      | LocalWrite     | Atomic         | RemoteRead     | RemoteWrite    | Error          |
        | ReadFault        | Fetch          | Skip           | Skip           | Skip           | Skip           | Skip           | Skip           |
        | WriteFault       | Fetch          | Walk           | Skip           | Walk           | Walk           | Skip           | Skip           |
        | BringAlong       | Fetch          | Skip           | Skip           | Skip           | Skip           | Skip           | Skip           |
        | ReportedRamRead  | MapRemoteRead  | MapRemoteRead  | MapRemoteRead  | MapRemoteRead  | MapRemoteRead  | MapRemoteRead  | MapRemoteRead  |
        | ReportedRamWrite | MapRemoteWrite | MapRemoteWrite | MapRemoteWrite | MapRemoteWrite | MapRemoteWrite | MapRemoteWrite | MapRemoteWrite |
        | ReportedOwnRead  | MapLocalRead   | MapLocalRead   | MapLocalRead   | MapLocalRead   | MapLocalRead   | MapLocalRead   | MapLocalRead   |
        | ReportedOwnWrite | MapLocalWrite  | MapLocalWrite  | MapLocalWrite  | MapLocalWrite  | MapLocalWrite  | MapLocalWrite  | MapLocalWrite  |
        | ReportedError    | MarkError      | MarkError      | MarkError      | MarkError      | MarkError      | MarkError      | MarkError      |
        | MovedRead        | MapLocalRead   | MapLocalRead   | MapLocalRead   | MapLocalRead   | MapLocalRead   | MapLocalRead   | MapLocalRead   |
        | MovedWrite       | MapLocalWrite  | MapLocalWrite  | MapLocalWrite  | MapLocalWrite  | MapLocalWrite  | MapLocalWrite  | MapLocalWrite  |
        | NotMoved         | FreeFrame      | FreeFrame      | FreeFrame      | FreeFrame      | FreeFrame      | FreeFrame      | FreeFrame      |
        | Invalidate       | Skip           | Unmap          | Unmap          | Unmap          | Unmap          | Unmap          | Unmap          |
        """;

    [Fact]
    public void The_table_of_the_home() => Compare(HomeTable, Grid<CpuPageEvent, EntryKind, CpuPageAction>(CpuMemoryTable.Decide));

    [Fact]
    public void The_table_of_a_device() =>
        Compare(DeviceTable, Grid<DevicePageEvent, DeviceEntryKind, DevicePageAction>(DeviceMemoryTable.Decide));

    private static void Compare(string expected, string actual) =>
        Assert.True(expected.ReplaceLineEndings("\n") + "\n" == actual, $"the whole table as it is:\n{actual}");

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
