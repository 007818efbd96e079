namespace HmmSim.Protocol;

/// <summary>
/// The device's protocol table, one cell for each entry kind and event. Nested single-enum switches, so that the compiler
/// refuses a missing cell.
/// </summary>
public static class DeviceMemoryTable
{
    /// <summary>The cell of one entry kind and event.</summary>
    public static DevicePageAction Decide(DeviceEntryKind entry, DevicePageEvent pageEvent) => entry switch
    {
        DeviceEntryKind.None => pageEvent switch
        {
            DevicePageEvent.ReadFault => DevicePageAction.Fetch,
            DevicePageEvent.WriteFault => DevicePageAction.Fetch,
            DevicePageEvent.BringAlong => DevicePageAction.Fetch,
            DevicePageEvent.ReportedRamRead => DevicePageAction.MapRemoteRead,
            DevicePageEvent.ReportedRamWrite => DevicePageAction.MapRemoteWrite,
            DevicePageEvent.ReportedOwnRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.ReportedOwnWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.ReportedError => DevicePageAction.MarkError,
            DevicePageEvent.MovedRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.MovedWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.NotMoved => DevicePageAction.FreeFrame,
            DevicePageEvent.Invalidate => DevicePageAction.Skip, // dropped already
        },
        DeviceEntryKind.LocalRead => pageEvent switch
        {
            DevicePageEvent.ReadFault => DevicePageAction.Skip, // an earlier batch mapped it
            DevicePageEvent.WriteFault => DevicePageAction.Walk,
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead => DevicePageAction.MapRemoteRead,
            DevicePageEvent.ReportedRamWrite => DevicePageAction.MapRemoteWrite,
            DevicePageEvent.ReportedOwnRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.ReportedOwnWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.ReportedError => DevicePageAction.MarkError,
            DevicePageEvent.MovedRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.MovedWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.NotMoved => DevicePageAction.FreeFrame,
            DevicePageEvent.Invalidate => DevicePageAction.Unmap,
        },
        DeviceEntryKind.LocalWrite => pageEvent switch
        {
            DevicePageEvent.ReadFault => DevicePageAction.Skip, // an earlier batch mapped it
            DevicePageEvent.WriteFault => DevicePageAction.Skip,
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead => DevicePageAction.MapRemoteRead,
            DevicePageEvent.ReportedRamWrite => DevicePageAction.MapRemoteWrite,
            DevicePageEvent.ReportedOwnRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.ReportedOwnWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.ReportedError => DevicePageAction.MarkError,
            DevicePageEvent.MovedRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.MovedWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.NotMoved => DevicePageAction.FreeFrame,
            DevicePageEvent.Invalidate => DevicePageAction.Unmap,
        },
        DeviceEntryKind.Atomic => pageEvent switch
        {
            DevicePageEvent.ReadFault => DevicePageAction.Skip,
            DevicePageEvent.WriteFault => DevicePageAction.Walk,
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead => DevicePageAction.MapRemoteRead,
            DevicePageEvent.ReportedRamWrite => DevicePageAction.MapRemoteWrite,
            DevicePageEvent.ReportedOwnRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.ReportedOwnWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.ReportedError => DevicePageAction.MarkError,
            DevicePageEvent.MovedRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.MovedWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.NotMoved => DevicePageAction.FreeFrame,
            DevicePageEvent.Invalidate => DevicePageAction.Unmap,
        },
        DeviceEntryKind.RemoteRead => pageEvent switch
        {
            DevicePageEvent.ReadFault => DevicePageAction.Skip,
            DevicePageEvent.WriteFault => DevicePageAction.Walk,
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead => DevicePageAction.MapRemoteRead,
            DevicePageEvent.ReportedRamWrite => DevicePageAction.MapRemoteWrite,
            DevicePageEvent.ReportedOwnRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.ReportedOwnWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.ReportedError => DevicePageAction.MarkError,
            DevicePageEvent.MovedRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.MovedWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.NotMoved => DevicePageAction.FreeFrame,
            DevicePageEvent.Invalidate => DevicePageAction.Unmap,
        },
        DeviceEntryKind.RemoteWrite => pageEvent switch
        {
            DevicePageEvent.ReadFault => DevicePageAction.Skip,
            DevicePageEvent.WriteFault => DevicePageAction.Skip,
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead => DevicePageAction.MapRemoteRead,
            DevicePageEvent.ReportedRamWrite => DevicePageAction.MapRemoteWrite,
            DevicePageEvent.ReportedOwnRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.ReportedOwnWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.ReportedError => DevicePageAction.MarkError,
            DevicePageEvent.MovedRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.MovedWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.NotMoved => DevicePageAction.FreeFrame,
            DevicePageEvent.Invalidate => DevicePageAction.Unmap,
        },
        DeviceEntryKind.Error => pageEvent switch
        {
            DevicePageEvent.ReadFault => DevicePageAction.Skip, // the replayed touch fails
            DevicePageEvent.WriteFault => DevicePageAction.Skip,
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead => DevicePageAction.MapRemoteRead,
            DevicePageEvent.ReportedRamWrite => DevicePageAction.MapRemoteWrite,
            DevicePageEvent.ReportedOwnRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.ReportedOwnWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.ReportedError => DevicePageAction.MarkError,
            DevicePageEvent.MovedRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.MovedWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.NotMoved => DevicePageAction.FreeFrame,
            DevicePageEvent.Invalidate => DevicePageAction.Unmap, // something was mapped here again
        },
    };
}
