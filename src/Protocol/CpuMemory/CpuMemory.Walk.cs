using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol;

/// <summary>
/// The walk for a device (<c>hmm_range_fault</c>): fault pages in, bring foreign device pages back, then report all frames at once.
/// </summary>
public partial class CpuMemory
{
    private Verdict RangeFault(in StepContext context, Message message, EffectBuffer effects) => message.IsRange || IsContinuation(message)
        ? RangeRequest(context, message, effects)
        : RangeFaultOfMask(context, message, effects);

    private bool IsContinuation(Message message) => _calls.ContainsKey(message.Transaction);

    /// <summary>
    /// A driver of nvidia-uvm's kind asks for single pages. Where the area allows loads only, a walk for a store reports the page
    /// read-only; it is the processor that refuses the store.
    /// </summary>
    private Verdict RangeFaultOfMask(in StepContext context, Message message, EffectBuffer effects)
    {
        AddressSpace space = Space(message.Block.Space);
        if (WaitsForLock(space, message))
        {
            return Verdict.Deferred;
        }

        PageMask pages = message.Pages & space.MappedPages(message.Block.Block, out PageMask writable);
        if (BringForeignPages(context, space, message, pages, effects))
        {
            return Verdict.Deferred;
        }

        PageMask failed = default;
        foreach (int page in pages)
        {
            VirtualPageNumber address = message.Block.Block.Page(page);
            bool isStore = message.Subset.Contains(page) && writable.Contains(page);
            PageTableEntry entry = new(space.Table[address]);
            bool isOwnReadOnly = isStore && entry is { Kind: EntryKind.DevicePrivate, IsWritable: false }; // shared, or it was: RAM sorts it out
            if (!isOwnReadOnly && !NeedsFault(message.From, entry, message.Block, page, isStore))
            {
                continue;
            }

            switch (HandleFault(context, space, address, isStore ? FaultKind.Store : FaultKind.Load, message, effects))
            {
                case FaultOutcome.Waits:
                    return Verdict.Deferred;
                case FaultOutcome.BusError:
                    failed.Add(page);
                    break;
                default:
                    break;
            }
        }

        space.Table.Collapse(message.Block.Block);
        Report(space, message, pages - failed, effects);
        return Verdict.Handled;
    }

    /// <summary>
    /// Asks for all pages of other devices at once: one after the other, the first might be gone again before the last has come. True if the
    /// walk waits.
    /// </summary>
    private bool BringForeignPages(in StepContext context, AddressSpace space, Message message, in PageMask pages, EffectBuffer effects)
    {
        PageMask locked = LockedPages(message.Block);
        var foreign = new List<(MemoryId Memory, PageMask Pages)>();
        foreach (int page in pages)
        {
            PageTableEntry entry = new(space.Table[message.Block.Block.Page(page)]);
            EntryKind kind = KindOf(entry, locked, page);
            if (kind == EntryKind.Migration)
            {
                WaitForPage(message.Block, page, entry, message);
                return true;
            }

            if (kind == EntryKind.DevicePrivate && OwnerOf(entry) is var owner && owner != message.From)
            {
                AddTo(foreign, owner, page);
            }
        }

        for (int i = 0; i < foreign.Count; i++)
        {
            (MemoryId owner, PageMask owned) = foreign[i];
            Message? waiter = i == foreign.Count - 1 ? message : null;
            StartMigrateToRam(context, message.Block, MigrationCause.DeviceFault, owner, owned, waiter, effects);
        }

        return foreign.Count > 0;
    }

    /// <summary>Whether the walk has to fault a page in: its device's own pages are reported as they are, read-only or not.</summary>
    private bool NeedsFault(MemoryId device, PageTableEntry entry, BlockKey block, int page, bool isStore)
    {
        EntryKind kind = KindOf(entry, LockedPages(block), page);
        CpuPageAction action = CpuMemoryTable.Decide(kind, IsOwnPage(device, entry) ? CpuPageEvent.OwnerTouch : CpuPageEvent.DeviceTouch);
        return action != CpuPageAction.Report || (kind == EntryKind.Present && isStore && !entry.IsWritable);
    }

    /// <summary>Whether a private page belongs to the device that walks (<c>pgmap-&gt;owner</c> is <c>dev_private_owner</c>).</summary>
    internal virtual bool IsOwnPage(MemoryId device, PageTableEntry entry) => entry.Kind == EntryKind.DevicePrivate && OwnerOf(entry) == device;

    private void Report(AddressSpace space, Message message, in PageMask pages, EffectBuffer effects)
    {
        PageMask writable = default;
        PageMask subscribed = default;
        var frames = new PageFramesBuilder();
        foreach (int page in pages)
        {
            PageTableEntry entry = new(space.Table[message.Block.Block.Page(page)]);
            frames.Add(page, entry.Frame);
            if (entry.IsWritable)
            {
                writable.Add(page);
            }

            if (entry.IsPresent)
            {
                subscribed.Add(page);
            }

            if (entry.IsZeroPage)
            {
                KeepHole(message.Block, page);
            }
        }

        if (!message.IsRange)
        {
            Subscribe(message.Block, message.From, subscribed); // a driver of nvidia-uvm's kind; the other kind is told of everything
        }

        SendReport(message, pages, writable, frames.Build(), null, Errno.None, effects);
    }

    /// <summary>
    /// A device is about to map the zero page: migrations that have collected it, and told the mirrors before, leave it as it is. Linux
    /// tells them again when it fills holes (<c>migrate_vma_insert_page</c>).
    /// </summary>
    private void KeepHole(BlockKey block, int page)
    {
        foreach (MigrationTransaction migration in ActivityOf(block)?.Migrations ?? [])
        {
            PageMask holes = migration.Holes;
            holes.Remove(page);
            migration.Holes = holes;
        }
    }

    private void SendReport(
        Message request, in PageMask pages, in PageMask writable, PageFrames frames, CallResult? result, Errno error, EffectBuffer effects) =>
        effects.Send(new Message
        {
            Kind = MessageKind.RangeFaultReply,
            From = Id,
            To = request.From,
            Block = request.Block,
            Pages = pages,
            Subset = writable,
            Frames = frames,
            Transaction = request.Transaction,
            Result = result,
            Error = error,
            IsRange = request.IsRange,
        });

    /// <summary>A request for one range, as test_hmm makes it: begins, or goes on after a wait.</summary>
    private Verdict RangeRequest(in StepContext context, Message message, EffectBuffer effects)
    {
        if (!_calls.TryGetValue(message.Transaction, out CallTransaction? call))
        {
            call = OpenCall(message, message.Block.Space, message.Block.Block.Page(message.Pages.First));
        }

        return RunCall(context, call, effects);
    }

    internal virtual CallResult? Walk(in StepContext context, CallTransaction call, EffectBuffer effects)
    {
        Message request = call.Request;
        AddressSpace space = Space(request.Block.Space);
        if (!space.IsAlive)
        {
            SendReport(request, default, default, default, null, Errno.ESRCH, effects);
            return CallResult.Success;
        }

        if (WaitsForLock(space, call.Continuation))
        {
            return null;
        }

        if (request.Action == FaultAction.Snapshot)
        {
            SendReport(request, default, default, default, Snapshot(space, request), Errno.None, effects);
            return CallResult.Success;
        }

        bool isStore = !request.Subset.IsEmpty;
        while (true)
        {
            if (!TryFaultOn(context, call, space, isStore, effects, out Errno error))
            {
                return null;
            }

            if (error == Errno.None && !TryFindMissing(call, space, isStore, out error))
            {
                Report(space, request, request.Pages, effects);
                return CallResult.Success;
            }

            if (error != Errno.None)
            {
                SendReport(request, default, default, default, null, error, effects);
                return CallResult.Success;
            }
        }
    }

    /// <summary>Faults in what <see cref="TryFindMissing"/> has found; false if the walk waits.</summary>
    private bool TryFaultOn(
        in StepContext context, CallTransaction call, AddressSpace space, bool isStore, EffectBuffer effects, out Errno error)
    {
        error = Errno.None;
        for (; call.FaultCursor < call.FaultEnd; call.FaultCursor += 1)
        {
            Vma? area = space.Areas.Find(call.FaultCursor); // it may have changed while the walk waited
            if (area is { IsWritable: false } && isStore)
            {
                error = Errno.EPERM;
                return true;
            }

            FaultOutcome outcome = area is not { IsReadable: true }
                ? FaultOutcome.BusError
                : HandleFault(context, space, call.FaultCursor, isStore ? FaultKind.Store : FaultKind.Load, call.Continuation, effects);
            if (outcome == FaultOutcome.Waits)
            {
                return false;
            }

            if (outcome == FaultOutcome.BusError)
            {
                error = Errno.EFAULT;
                return true;
            }
        }

        return true;
    }

    /// <summary>
    /// Finds the first page that must be faulted in. Linux then faults every page from there to the end of the range, the area, or the
    /// page-table page, whatever their entries say (<c>hmm_vma_fault</c>).
    /// </summary>
    private bool TryFindMissing(CallTransaction call, AddressSpace space, bool isStore, out Errno error)
    {
        Message request = call.Request;
        error = Errno.None;
        Vma? area = null;
        foreach (int page in request.Pages)
        {
            VirtualPageNumber address = request.Block.Block.Page(page);
            if (area is null || address >= area.End)
            {
                area = space.Areas.Find(address);
            }

            if (area is null || !area.IsReadable || area.Backing == AreaBacking.PciP2p)
            {
                error = Errno.EFAULT;
                return true;
            }

            if (!NeedsFault(request.From, new PageTableEntry(space.Table[address]), request.Block, page, isStore))
            {
                continue;
            }

            if (isStore && !area.IsWritable)
            {
                error = Errno.EPERM;
                return true;
            }

            ulong last = request.Block.Block.Page(0).Value + (ulong)request.Pages.Last + 1;
            call.FaultCursor = address;
            call.FaultEnd = new VirtualPageNumber(Math.Min(area.End.Value, last));
            return true;
        }

        return false;
    }

    private CallResult Snapshot(AddressSpace space, Message request) => new()
    {
        Permissions = [.. request.Pages.Enumerate().Select(page => PermissionOf(request.From, space.Id, request.Block.Block.Page(page)))],
    };

    /// <summary>What a walk that faults nothing in would tell a device of a page, as test_hmm's snapshot byte.</summary>
    public byte PermissionOf(MemoryId device, AddressSpaceId spaceId, VirtualPageNumber page)
    {
        AddressSpace space = Space(spaceId);
        if (space.Areas.Find(page) is not { IsReadable: true } area || area.Backing == AreaBacking.PciP2p)
        {
            return DevicePermission.Error;
        }

        PageTableEntry entry = new(space.Table[page]);
        byte access = entry.IsWritable ? DevicePermission.Write : DevicePermission.Read;
        access |= space.HugeBlocks.Contains(page.Block) ? DevicePermission.Pmd : DevicePermission.None;
        switch (entry.Kind)
        {
            case EntryKind.Present when entry.IsZeroPage:
                return (byte)(DevicePermission.Zero | access);
            case EntryKind.Present when Ram.Owns(entry.Frame):
                return access;
            case EntryKind.Present when _layout.Memories.Of(entry.Frame).Type == MemoryType.DeviceCoherent:
                return (byte)((OwnerOf(entry) == device ? DevicePermission.CoherentLocal : DevicePermission.CoherentRemote) | access);
            case EntryKind.Present:
                return access;
            case EntryKind.DevicePrivate when OwnerOf(entry) == device:
                return (byte)(DevicePermission.PrivateLocal | access);
            default:
                return DevicePermission.None;
        }
    }
}
