using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>Write faults on present pages (<c>do_wp_page</c>): reuse what is the address space's own, copy what is shared.</summary>
public partial class CpuMemory
{
    private FaultOutcome BreakSharing(
        AddressSpace space, VirtualPageNumber page, PageTableEntry entry, FaultKind kind, Message waiter, EffectBuffer effects)
    {
        Vma area = space.Areas.Find(page)!;
        SplitHuge(space, page.Block);
        bool isStore = kind == FaultKind.Store;
        if (area.IsShared)
        {
            space.Table[page] = PageTableEntry.Present(entry.Frame, writable: true).Touched(isStore).Raw;
            return FaultOutcome.Done;
        }

        if (!entry.IsZeroPage && TryReuse(entry.Frame, new PageAddress(space.Id, page)))
        {
            if (isStore)
            {
                space.Table[page] = PageTableEntry.Present(entry.Frame, writable: true).Touched(write: true).Raw;
            }

            return FaultOutcome.Done;
        }

        PageFrameNumber copy = NewAnonymousPage(space, area, page);
        FaultTransaction fault = OpenFault(new FaultTransaction
        {
            Id = NextTransaction(),
            Address = new PageAddress(space.Id, page),
            Work = FaultWork.Copy,
            IsStore = isStore,
            Source = entry.Frame,
            Target = copy,
        });
        return BeginFault(space, fault, waiter, effects);
    }

    /// <summary>True if the page belongs to this address space alone, or does so from now on (<c>wp_can_reuse_anon_folio</c>).</summary>
    private bool TryReuse(PageFrameNumber frame, PageAddress address)
    {
        if (RecordOf(frame) is not { } record)
        {
            return true;
        }

        if (record.IsFilePage)
        {
            return false;
        }

        if (record.IsExclusive)
        {
            return true;
        }

        if (record.Mappings.Count > 1 || ReferencesOf(frame, record) > 1 + (record.SwapSlot >= 0 ? 1 : 0))
        {
            return false;
        }

        if (record.SwapSlot >= 0 && !TryFreeSwap(frame, record))
        {
            return false;
        }

        record.IsExclusive = true;
        BelongTo(record, address);
        return true;
    }

    private FaultTransaction OpenFault(FaultTransaction fault)
    {
        _faults.Add(fault.Id, fault);
        OpenActivity(fault.Address.Block).Faults.Add(fault);
        BeginTransactionIn(Space(fault.Address.Space));
        return fault;
    }

    /// <summary>Tells the mirrors of the page; finishes at once where there is nobody to wait for.</summary>
    private FaultOutcome BeginFault(AddressSpace space, FaultTransaction fault, Message waiter, EffectBuffer effects)
    {
        PageMask pages = PageMask.Of(fault.Address.Page.IndexInBlock);
        Invalidate(space, fault.Address.Block, pages, pages, MemoryId.None, fault.Id, fault.Invalidated, effects);
        bool wasReachable = fault.Work != FaultWork.TakeBack && fault.Source != PageFrameNumber.ZeroPage;
        VirtualDuration work = wasReachable ? _spec.TlbShootdown : VirtualDuration.Zero;
        fault.Pending = fault.Invalidated.Count + StartCpuWork(fault.Id, fault.Address.Block, work, effects);
        if (fault.Pending == 0)
        {
            FinishFault(fault, effects);
        }

        if (!_faults.ContainsKey(fault.Id))
        {
            return FaultOutcome.Done;
        }

        fault.Waiters.Add(waiter);
        return FaultOutcome.Waits;
    }

    private void FinishFault(FaultTransaction fault, EffectBuffer effects)
    {
        bool isRemote = fault.Work == FaultWork.Copy && fault.Source != PageFrameNumber.ZeroPage && !Ram.Owns(fault.Source);
        if (isRemote && !fault.IsCopying)
        {
            fault.IsCopying = true;
            fault.Pending = 1;
            SendCopyPage(fault, effects);
            return;
        }

        AddressSpace space = Space(fault.Address.Space);
        VirtualPageNumber page = fault.Address.Page;
        if (fault.Work == FaultWork.Copy)
        {
            if (!isRemote && fault.Source != PageFrameNumber.ZeroPage)
            {
                Ram.WriteValue(fault.Target, Ram.ReadValue(fault.Source));
            }

            bool writable = fault.IsStore && space.Areas.Find(page)!.IsWritable;
            space.Table[page] = PageTableEntry.Present(fault.Target, writable).Touched(fault.IsStore).Raw;
            RemoveMapping(fault.Source, fault.Address);
        }
        else if (fault.Work == FaultWork.LockOut)
        {
            space.Table[page] = PageTableEntry.DeviceExclusive(fault.Source, writable: true).Raw;
        }
        else
        {
            PageTableEntry entry = new(space.Table[page]);
            bool writable = entry.IsWritable && space.Areas.Find(page)!.IsWritable;
            space.Table[page] = PageTableEntry.Present(entry.Frame, writable, dirty: writable).Raw;
        }

        EndInvalidation(fault.Invalidated, fault.Id, effects);
        CloseFault(fault, space);
    }

    /// <summary>Unlocks the page, and lets go on who waited for it.</summary>
    internal virtual void CloseFault(FaultTransaction fault, AddressSpace space)
    {
        _faults.Remove(fault.Id);
        ActivityOf(fault.Address.Block)!.Faults.Remove(fault);
        CloseActivityIfIdle(fault.Address.Block);
        Wake(fault.Waiters);
        EndTransactionIn(space);
    }

    private void SendCopyPage(FaultTransaction fault, EffectBuffer effects) => effects.Send(new Message
    {
        Kind = MessageKind.CopyPages,
        From = Id,
        To = OwnerOf(fault.Source),
        Block = fault.Address.Block,
        Pages = PageMask.Of(fault.Address.Page.IndexInBlock),
        Frames = new Frames.PageFrames(fault.Source + -fault.Address.Page.IndexInBlock),
        Transaction = fault.Id,
        Destination = Id,
    });

    /// <summary>Takes a page back from the device that holds it for atomics (<c>remove_device_exclusive_entry</c>).</summary>
    private FaultOutcome TakeBack(
        in StepContext context,
        AddressSpace space,
        VirtualPageNumber page,
        PageTableEntry entry,
        FaultKind kind,
        Message waiter,
        EffectBuffer effects)
    {
        FaultTransaction fault = OpenFault(new FaultTransaction
        {
            Id = NextTransaction(),
            Address = new PageAddress(space.Id, page),
            Work = FaultWork.TakeBack,
            IsStore = kind == FaultKind.Store,
            Source = entry.Frame,
        });
        FaultOutcome outcome = BeginFault(space, fault, waiter, effects);
        return outcome == FaultOutcome.Done ? HandleFault(context, space, page, kind, waiter, effects) : outcome;
    }
}
