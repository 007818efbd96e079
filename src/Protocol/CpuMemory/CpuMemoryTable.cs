using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol;

/// <summary>
/// The home's protocol table, one cell for each entry kind and event. Nested single-enum switches, so that the compiler
/// refuses a missing cell.
/// </summary>
/// <remarks>
/// Swap, device-exclusive, poisoned and marker entries are decoded but created by no step of this version: each cell is
/// Impossible until the operation that makes such entries exists.
/// </remarks>
public static class CpuMemoryTable
{
    /// <summary>The cell of one entry kind and event.</summary>
    public static CpuPageAction Decide(EntryKind entry, CpuPageEvent pageEvent) => entry switch
    {
        EntryKind.None => pageEvent switch
        {
            CpuPageEvent.CpuTouch => CpuPageAction.Populate,
            CpuPageEvent.DeviceTouch => CpuPageAction.Populate,
            CpuPageEvent.OwnerTouch => CpuPageAction.Impossible,
            CpuPageEvent.CollectForDevice => CpuPageAction.CollectHole,
            CpuPageEvent.CollectForOwner => CpuPageAction.Impossible,
            CpuPageEvent.CollectForRam => CpuPageAction.Skip, // unmapped while the owner's request was under way
            CpuPageEvent.CollectForRamElsewhere => CpuPageAction.Impossible,
            CpuPageEvent.MovePage => CpuPageAction.Impossible, // unmap waits for the migration
            CpuPageEvent.FillHole => CpuPageAction.Insert,
            CpuPageEvent.Unmap => CpuPageAction.Skip,
            CpuPageEvent.RemoteAccess => CpuPageAction.Impossible, // the mirror was told before the page went
        },
        EntryKind.Present => pageEvent switch
        {
            CpuPageEvent.CpuTouch => CpuPageAction.Report,
            CpuPageEvent.DeviceTouch => CpuPageAction.Report,
            CpuPageEvent.OwnerTouch => CpuPageAction.Impossible,
            CpuPageEvent.CollectForDevice => CpuPageAction.Collect,
            CpuPageEvent.CollectForOwner => CpuPageAction.Impossible,
            CpuPageEvent.CollectForRam => CpuPageAction.Skip, // came back while the owner's request was under way
            CpuPageEvent.CollectForRamElsewhere => CpuPageAction.Impossible,
            CpuPageEvent.MovePage => CpuPageAction.Impossible,
            CpuPageEvent.FillHole => CpuPageAction.Discard, // a CPU or another device touched the hole first
            CpuPageEvent.Unmap => CpuPageAction.FreeFrame,
            CpuPageEvent.RemoteAccess => CpuPageAction.Access,
        },
        EntryKind.Migration => pageEvent switch
        {
            CpuPageEvent.CpuTouch => CpuPageAction.Wait,
            CpuPageEvent.DeviceTouch => CpuPageAction.Wait,
            CpuPageEvent.OwnerTouch => CpuPageAction.Wait,
            CpuPageEvent.CollectForDevice => CpuPageAction.Wait,
            CpuPageEvent.CollectForOwner => CpuPageAction.Wait,
            CpuPageEvent.CollectForRam => CpuPageAction.Skip, // best effort: locked pages stay
            CpuPageEvent.CollectForRamElsewhere => CpuPageAction.Skip, // best effort: locked pages stay
            CpuPageEvent.MovePage => CpuPageAction.Move,
            CpuPageEvent.FillHole => CpuPageAction.Discard, // populated and already on its way elsewhere
            CpuPageEvent.Unmap => CpuPageAction.Impossible, // unmap waits for the migration
            CpuPageEvent.RemoteAccess => CpuPageAction.Access, // sent before the mirror acknowledged; the source frame is still whole
        },
        EntryKind.DevicePrivate => pageEvent switch
        {
            CpuPageEvent.CpuTouch => CpuPageAction.MigrateToRam,
            CpuPageEvent.DeviceTouch => CpuPageAction.MigrateToRam,
            CpuPageEvent.OwnerTouch => CpuPageAction.Report,
            CpuPageEvent.CollectForDevice => CpuPageAction.Collect,
            CpuPageEvent.CollectForOwner => CpuPageAction.Skip,
            CpuPageEvent.CollectForRam => CpuPageAction.Collect,
            CpuPageEvent.CollectForRamElsewhere => CpuPageAction.Skip, // moved to the other memory while the owner's request was under way
            CpuPageEvent.MovePage => CpuPageAction.Impossible,
            CpuPageEvent.FillHole => CpuPageAction.Discard, // another device populated the hole first
            CpuPageEvent.Unmap => CpuPageAction.FreeAtOwner,
            CpuPageEvent.RemoteAccess => CpuPageAction.Impossible,
        },
        EntryKind.Swap or EntryKind.DeviceExclusive or EntryKind.HwPoison or EntryKind.Marker => CpuPageAction.Impossible,
    };
}
