using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol;

/// <summary>
/// The home's protocol table, one cell for each entry kind and event. Nested single-enum switches, so that the compiler
/// refuses a missing cell.
/// </summary>
/// <remarks>
/// A present entry names RAM, the zero page, or memory of a device that the CPU addresses. Poisoned and marker entries are decoded but
/// made by no operation: an access to them fails, whatever takes entries away takes them too.
/// </remarks>
public static class CpuMemoryTable
{
    /// <summary>The cell of one entry kind and event.</summary>
    public static CpuPageAction Decide(EntryKind entry, CpuPageEvent pageEvent) => entry switch
    {
        EntryKind.None => pageEvent switch
        {
            CpuPageEvent.CpuTouch or CpuPageEvent.DeviceTouch => CpuPageAction.Populate,
            CpuPageEvent.WriteProtectedTouch or CpuPageEvent.OwnerTouch => CpuPageAction.Impossible,
            CpuPageEvent.CollectForDevice => CpuPageAction.CollectHole,
            CpuPageEvent.CollectFromDevice or CpuPageEvent.CollectUnselected or CpuPageEvent.CollectForRam => CpuPageAction.Impossible,
            CpuPageEvent.CollectForRamElsewhere => CpuPageAction.Skip, // unmapped while the owner's request was under way
            CpuPageEvent.EvictExclusive => CpuPageAction.Impossible,
            CpuPageEvent.MovePage => CpuPageAction.Impossible, // whatever empties entries waits for the migration
            CpuPageEvent.FillHole => CpuPageAction.Insert,
            CpuPageEvent.Unmap or CpuPageEvent.Fork or CpuPageEvent.Protect or CpuPageEvent.Remap => CpuPageAction.Skip,
            CpuPageEvent.MakeExclusive or CpuPageEvent.PageOut => CpuPageAction.Skip,
        },
        EntryKind.Present => pageEvent switch
        {
            CpuPageEvent.CpuTouch or CpuPageEvent.DeviceTouch or CpuPageEvent.OwnerTouch => CpuPageAction.Report,
            CpuPageEvent.WriteProtectedTouch => CpuPageAction.BreakSharing,
            CpuPageEvent.CollectForDevice or CpuPageEvent.CollectFromDevice => CpuPageAction.Collect,
            CpuPageEvent.CollectUnselected => CpuPageAction.Skip,
            CpuPageEvent.CollectForRam => CpuPageAction.Collect, // coherent memory of the asking device
            CpuPageEvent.CollectForRamElsewhere => CpuPageAction.Skip, // in RAM, or of another device
            CpuPageEvent.EvictExclusive => CpuPageAction.Impossible,
            CpuPageEvent.MovePage => CpuPageAction.Impossible,
            CpuPageEvent.FillHole => CpuPageAction.Discard, // a CPU or another device touched the hole first
            CpuPageEvent.Unmap => CpuPageAction.DropFrame,
            CpuPageEvent.Fork => CpuPageAction.Share,
            CpuPageEvent.Protect => CpuPageAction.ChangePermission,
            CpuPageEvent.Remap => CpuPageAction.MoveEntry,
            CpuPageEvent.MakeExclusive => CpuPageAction.LockOut,
            CpuPageEvent.PageOut => CpuPageAction.SwapOut,
        },
        EntryKind.Swap => pageEvent switch
        {
            CpuPageEvent.CpuTouch or CpuPageEvent.DeviceTouch => CpuPageAction.SwapIn,
            CpuPageEvent.WriteProtectedTouch or CpuPageEvent.OwnerTouch => CpuPageAction.Impossible,
            CpuPageEvent.CollectForDevice or CpuPageEvent.CollectForRamElsewhere => CpuPageAction.Skip, // swapped pages are not migrated
            CpuPageEvent.CollectFromDevice or CpuPageEvent.CollectUnselected or CpuPageEvent.CollectForRam => CpuPageAction.Impossible,
            CpuPageEvent.EvictExclusive => CpuPageAction.Impossible,
            CpuPageEvent.MovePage => CpuPageAction.Impossible,
            CpuPageEvent.FillHole => CpuPageAction.Discard, // populated and paged out since
            CpuPageEvent.Unmap => CpuPageAction.DropSlot,
            CpuPageEvent.Fork => CpuPageAction.ShareSlot,
            CpuPageEvent.Protect => CpuPageAction.Skip,
            CpuPageEvent.Remap => CpuPageAction.MoveEntry,
            CpuPageEvent.MakeExclusive or CpuPageEvent.PageOut => CpuPageAction.Skip,
        },
        EntryKind.Migration => pageEvent switch
        {
            CpuPageEvent.CpuTouch or CpuPageEvent.WriteProtectedTouch => CpuPageAction.Wait,
            CpuPageEvent.DeviceTouch or CpuPageEvent.OwnerTouch => CpuPageAction.Wait,
            CpuPageEvent.CollectForDevice or CpuPageEvent.CollectFromDevice or CpuPageEvent.CollectUnselected => CpuPageAction.Skip, // best effort
            CpuPageEvent.CollectForRam or CpuPageEvent.CollectForRamElsewhere => CpuPageAction.Skip, // best effort: locked pages stay
            CpuPageEvent.EvictExclusive => CpuPageAction.Skip,
            CpuPageEvent.MovePage => CpuPageAction.Move,
            CpuPageEvent.FillHole => CpuPageAction.Discard, // populated and already on its way elsewhere
            CpuPageEvent.Unmap or CpuPageEvent.Fork or CpuPageEvent.Protect or CpuPageEvent.Remap => CpuPageAction.Impossible, // they wait
            CpuPageEvent.MakeExclusive => CpuPageAction.Wait,
            CpuPageEvent.PageOut => CpuPageAction.Impossible,
        },
        EntryKind.DevicePrivate => pageEvent switch
        {
            CpuPageEvent.CpuTouch or CpuPageEvent.DeviceTouch => CpuPageAction.MigrateToRam,
            CpuPageEvent.WriteProtectedTouch => CpuPageAction.Impossible,
            CpuPageEvent.OwnerTouch => CpuPageAction.Report,
            CpuPageEvent.CollectForDevice => CpuPageAction.Impossible,
            CpuPageEvent.CollectFromDevice or CpuPageEvent.CollectForRam => CpuPageAction.Collect,
            CpuPageEvent.CollectUnselected => CpuPageAction.Skip,
            CpuPageEvent.CollectForRamElsewhere => CpuPageAction.Skip, // moved to the other memory while the owner's request was under way
            CpuPageEvent.EvictExclusive => CpuPageAction.Impossible,
            CpuPageEvent.MovePage => CpuPageAction.Impossible,
            CpuPageEvent.FillHole => CpuPageAction.Discard, // another device populated the hole first
            CpuPageEvent.Unmap => CpuPageAction.DropFrame,
            CpuPageEvent.Fork => CpuPageAction.Share,
            CpuPageEvent.Protect => CpuPageAction.WriteProtect,
            CpuPageEvent.Remap => CpuPageAction.MoveEntry,
            CpuPageEvent.MakeExclusive => CpuPageAction.Skip,
            CpuPageEvent.PageOut => CpuPageAction.Skip,
        },
        EntryKind.DeviceExclusive => pageEvent switch
        {
            CpuPageEvent.CpuTouch or CpuPageEvent.DeviceTouch => CpuPageAction.TakeBack,
            CpuPageEvent.WriteProtectedTouch or CpuPageEvent.OwnerTouch => CpuPageAction.Impossible,
            CpuPageEvent.CollectForDevice or CpuPageEvent.CollectFromDevice or CpuPageEvent.CollectUnselected => CpuPageAction.Skip,
            CpuPageEvent.CollectForRam or CpuPageEvent.CollectForRamElsewhere => CpuPageAction.Skip,
            CpuPageEvent.EvictExclusive => CpuPageAction.CollectLeaking,
            CpuPageEvent.MovePage => CpuPageAction.Impossible,
            CpuPageEvent.FillHole => CpuPageAction.Discard,
            CpuPageEvent.Unmap => CpuPageAction.DropFrame,
            CpuPageEvent.Fork => CpuPageAction.TakeBackAndShare,
            CpuPageEvent.Protect => CpuPageAction.WriteProtect,
            CpuPageEvent.Remap => CpuPageAction.MoveEntry,
            CpuPageEvent.MakeExclusive => CpuPageAction.Skip,
            CpuPageEvent.PageOut => CpuPageAction.Skip,
        },
        EntryKind.HwPoison or EntryKind.Marker => pageEvent switch
        {
            CpuPageEvent.CpuTouch or CpuPageEvent.DeviceTouch => CpuPageAction.Fail,
            CpuPageEvent.WriteProtectedTouch or CpuPageEvent.OwnerTouch => CpuPageAction.Impossible,
            CpuPageEvent.CollectForDevice or CpuPageEvent.CollectForRamElsewhere => CpuPageAction.Skip,
            CpuPageEvent.CollectFromDevice or CpuPageEvent.CollectUnselected or CpuPageEvent.CollectForRam => CpuPageAction.Impossible,
            CpuPageEvent.EvictExclusive => CpuPageAction.Impossible,
            CpuPageEvent.MovePage => CpuPageAction.Impossible,
            CpuPageEvent.FillHole => CpuPageAction.Discard,
            CpuPageEvent.Unmap => CpuPageAction.Clear,
            CpuPageEvent.Fork or CpuPageEvent.Protect => CpuPageAction.Skip,
            CpuPageEvent.Remap => CpuPageAction.MoveEntry,
            CpuPageEvent.MakeExclusive or CpuPageEvent.PageOut => CpuPageAction.Skip,
        },
    };
}
