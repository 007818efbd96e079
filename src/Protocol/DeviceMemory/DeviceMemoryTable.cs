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
            DevicePageEvent.ReadFault or DevicePageEvent.WriteFault => DevicePageAction.Fetch,
            DevicePageEvent.BringAlong => DevicePageAction.Fetch,
            DevicePageEvent.ReportedRamRead => DevicePageAction.MapRemoteRead,
            DevicePageEvent.ReportedRamWrite => DevicePageAction.MapRemoteWrite,
            DevicePageEvent.ReportedOwnRead or DevicePageEvent.ReportedOwnWrite => DevicePageAction.Impossible,
            DevicePageEvent.ReportedError => DevicePageAction.MarkError,
            DevicePageEvent.MovedRead or DevicePageEvent.MovedWrite or DevicePageEvent.NotMoved => DevicePageAction.Impossible,
            DevicePageEvent.Invalidate => DevicePageAction.Skip, // dropped already
            DevicePageEvent.CopyOut or DevicePageEvent.Arrive or DevicePageEvent.Free => DevicePageAction.Impossible,
            DevicePageEvent.MigrateToRam => DevicePageAction.Impossible, // free comes after it on the same channel
            DevicePageEvent.SendAlong => DevicePageAction.Skip,
            DevicePageEvent.Evict => DevicePageAction.Impossible,
        },
        DeviceEntryKind.LocalRead => pageEvent switch
        {
            DevicePageEvent.ReadFault => DevicePageAction.Skip, // an earlier batch mapped it
            DevicePageEvent.WriteFault => DevicePageAction.Walk,
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead or DevicePageEvent.ReportedRamWrite => DevicePageAction.Impossible,
            DevicePageEvent.ReportedOwnRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.ReportedOwnWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.ReportedError => DevicePageAction.Impossible, // unmap invalidates it first
            DevicePageEvent.MovedRead or DevicePageEvent.MovedWrite or DevicePageEvent.NotMoved => DevicePageAction.Impossible,
            DevicePageEvent.Invalidate => DevicePageAction.Hold,
            DevicePageEvent.CopyOut => DevicePageAction.Copy,
            DevicePageEvent.Arrive => DevicePageAction.Impossible,
            DevicePageEvent.Free => DevicePageAction.Impossible, // invalidate or copy-out comes first
            DevicePageEvent.MigrateToRam or DevicePageEvent.SendAlong or DevicePageEvent.Evict => DevicePageAction.Request,
        },
        DeviceEntryKind.LocalWrite => pageEvent switch
        {
            DevicePageEvent.ReadFault or DevicePageEvent.WriteFault => DevicePageAction.Skip, // an earlier batch mapped it
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead or DevicePageEvent.ReportedRamWrite => DevicePageAction.Impossible,
            DevicePageEvent.ReportedOwnRead or DevicePageEvent.ReportedOwnWrite => DevicePageAction.Impossible, // nobody asked
            DevicePageEvent.ReportedError => DevicePageAction.Impossible,
            DevicePageEvent.MovedRead or DevicePageEvent.MovedWrite or DevicePageEvent.NotMoved => DevicePageAction.Impossible,
            DevicePageEvent.Invalidate => DevicePageAction.Hold,
            DevicePageEvent.CopyOut => DevicePageAction.Copy,
            DevicePageEvent.Arrive => DevicePageAction.Impossible,
            DevicePageEvent.Free => DevicePageAction.Impossible, // invalidate or copy-out comes first
            DevicePageEvent.MigrateToRam or DevicePageEvent.SendAlong or DevicePageEvent.Evict => DevicePageAction.Request,
        },
        DeviceEntryKind.Held => pageEvent switch
        {
            DevicePageEvent.ReadFault or DevicePageEvent.WriteFault => DevicePageAction.Walk, // the home knows whether it is leaving
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead or DevicePageEvent.ReportedRamWrite => DevicePageAction.Impossible, // free comes before it
            DevicePageEvent.ReportedOwnRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.ReportedOwnWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.ReportedError => DevicePageAction.Impossible, // unmap frees it first
            DevicePageEvent.MovedRead or DevicePageEvent.MovedWrite or DevicePageEvent.NotMoved => DevicePageAction.Impossible,
            DevicePageEvent.Invalidate => DevicePageAction.Skip,
            DevicePageEvent.CopyOut => DevicePageAction.Copy,
            DevicePageEvent.Arrive => DevicePageAction.Impossible,
            DevicePageEvent.Free => DevicePageAction.FreeFrame,
            DevicePageEvent.MigrateToRam => DevicePageAction.Request,
            DevicePageEvent.SendAlong or DevicePageEvent.Evict => DevicePageAction.Request, // the home skips what is locked
        },
        DeviceEntryKind.Reserved => pageEvent switch
        {
            DevicePageEvent.ReadFault or DevicePageEvent.WriteFault => DevicePageAction.Impossible, // one batch at a time
            DevicePageEvent.BringAlong => DevicePageAction.Impossible,
            DevicePageEvent.ReportedRamRead or DevicePageEvent.ReportedRamWrite => DevicePageAction.Impossible,
            DevicePageEvent.ReportedOwnRead or DevicePageEvent.ReportedOwnWrite => DevicePageAction.Impossible,
            DevicePageEvent.ReportedError => DevicePageAction.Impossible,
            DevicePageEvent.MovedRead => DevicePageAction.MapLocalRead,
            DevicePageEvent.MovedWrite => DevicePageAction.MapLocalWrite,
            DevicePageEvent.NotMoved => DevicePageAction.FreeFrame,
            DevicePageEvent.Invalidate => DevicePageAction.Skip, // the page is not here yet
            DevicePageEvent.CopyOut => DevicePageAction.Impossible,
            DevicePageEvent.Arrive => DevicePageAction.Store,
            DevicePageEvent.Free => DevicePageAction.Impossible,
            DevicePageEvent.MigrateToRam => DevicePageAction.Impossible, // finalize comes before it
            DevicePageEvent.SendAlong or DevicePageEvent.Evict => DevicePageAction.Skip,
        },
        DeviceEntryKind.RemoteRead => pageEvent switch
        {
            DevicePageEvent.ReadFault => DevicePageAction.Skip,
            DevicePageEvent.WriteFault => DevicePageAction.Walk,
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead => DevicePageAction.MapRemoteRead,
            DevicePageEvent.ReportedRamWrite => DevicePageAction.MapRemoteWrite,
            DevicePageEvent.ReportedOwnRead or DevicePageEvent.ReportedOwnWrite => DevicePageAction.Impossible,
            DevicePageEvent.ReportedError => DevicePageAction.Impossible, // unmap invalidates it first
            DevicePageEvent.MovedRead or DevicePageEvent.MovedWrite or DevicePageEvent.NotMoved => DevicePageAction.Impossible,
            DevicePageEvent.Invalidate => DevicePageAction.Unmap,
            DevicePageEvent.CopyOut or DevicePageEvent.Arrive or DevicePageEvent.Free => DevicePageAction.Impossible,
            DevicePageEvent.MigrateToRam => DevicePageAction.Impossible,
            DevicePageEvent.SendAlong => DevicePageAction.Skip,
            DevicePageEvent.Evict => DevicePageAction.Impossible,
        },
        DeviceEntryKind.RemoteWrite => pageEvent switch
        {
            DevicePageEvent.ReadFault or DevicePageEvent.WriteFault => DevicePageAction.Skip,
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead or DevicePageEvent.ReportedRamWrite => DevicePageAction.Impossible, // nobody asked
            DevicePageEvent.ReportedOwnRead or DevicePageEvent.ReportedOwnWrite => DevicePageAction.Impossible,
            DevicePageEvent.ReportedError => DevicePageAction.Impossible,
            DevicePageEvent.MovedRead or DevicePageEvent.MovedWrite or DevicePageEvent.NotMoved => DevicePageAction.Impossible,
            DevicePageEvent.Invalidate => DevicePageAction.Unmap,
            DevicePageEvent.CopyOut or DevicePageEvent.Arrive or DevicePageEvent.Free => DevicePageAction.Impossible,
            DevicePageEvent.MigrateToRam => DevicePageAction.Impossible,
            DevicePageEvent.SendAlong => DevicePageAction.Skip,
            DevicePageEvent.Evict => DevicePageAction.Impossible,
        },
        DeviceEntryKind.Error => pageEvent switch
        {
            DevicePageEvent.ReadFault or DevicePageEvent.WriteFault => DevicePageAction.Skip, // the replayed touch fails
            DevicePageEvent.BringAlong => DevicePageAction.Skip,
            DevicePageEvent.ReportedRamRead or DevicePageEvent.ReportedRamWrite => DevicePageAction.Impossible,
            DevicePageEvent.ReportedOwnRead or DevicePageEvent.ReportedOwnWrite => DevicePageAction.Impossible,
            DevicePageEvent.ReportedError => DevicePageAction.Skip,
            DevicePageEvent.MovedRead or DevicePageEvent.MovedWrite or DevicePageEvent.NotMoved => DevicePageAction.Impossible,
            DevicePageEvent.Invalidate => DevicePageAction.Skip,
            DevicePageEvent.CopyOut or DevicePageEvent.Arrive or DevicePageEvent.Free => DevicePageAction.Impossible,
            DevicePageEvent.MigrateToRam => DevicePageAction.Impossible,
            DevicePageEvent.SendAlong => DevicePageAction.Skip,
            DevicePageEvent.Evict => DevicePageAction.Impossible,
        },
    };
}
