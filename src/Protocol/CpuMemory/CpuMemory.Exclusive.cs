using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary>
/// Device-exclusive access (<c>make_device_exclusive_range</c>): fault all pages in for writing, then replace each entry by a
/// device-exclusive one, between the start and the end of an invalidation of its own.
/// </summary>
public partial class CpuMemory
{
    private const int FaultingIn = 0;
    private const int LockingOut = 1;

    private CallResult? MakeExclusive(in StepContext context, CallTransaction call, EffectBuffer effects)
    {
        Message request = call.Request;
        AddressSpace space = Space(request.Block.Space);
        if (!space.IsAlive)
        {
            SendExclusive(request, default, default, Errno.ESRCH, effects);
            return CallResult.Success;
        }

        if (WaitsForLock(space, call.Continuation))
        {
            return null;
        }

        VirtualPageNumber end = request.Block.Block.Page(0) + (request.Pages.Last + 1);
        if (call.Stage == FaultingIn)
        {
            if (!TryFaultInForWriting(context, call, space, end, effects))
            {
                return null;
            }

            call.FaultEnd = call.Cursor; // what could be faulted in; the rest is not tried
            call.Cursor = request.Block.Block.Page(request.Pages.First);
            call.Stage = LockingOut;
        }

        while (call.Cursor < call.FaultEnd)
        {
            PageTableEntry entry = new(space.Table[call.Cursor]);
            if (CanLockOut(entry, request.Block, call.Cursor.IndexInBlock))
            {
                SplitHuge(space, call.Cursor.Block);
                FaultTransaction lockOut = OpenFault(new FaultTransaction
                {
                    Id = NextTransaction(),
                    Address = new PageAddress(space.Id, call.Cursor),
                    Work = FaultWork.LockOut,
                    IsStore = true,
                    Source = entry.Frame,
                });
                if (BeginFault(space, lockOut, call.Continuation, effects) == FaultOutcome.Waits)
                {
                    return null; // and finds the page locked out, or taken back already
                }
            }

            call.Cursor += 1;
        }

        ReportExclusive(request, space, end == call.FaultEnd, effects);
        return CallResult.Success;
    }

    /// <summary>Faults pages in one by one until one fails (<c>get_user_pages_remote</c>); false if the request waits.</summary>
    private bool TryFaultInForWriting(
        in StepContext context, CallTransaction call, AddressSpace space, VirtualPageNumber end, EffectBuffer effects)
    {
        for (; call.Cursor < end; call.Cursor += 1)
        {
            if (space.Areas.Find(call.Cursor) is not { IsWritable: true, Backing: not AreaBacking.PciP2p })
            {
                return true;
            }

            switch (HandleFault(context, space, call.Cursor, FaultKind.Store, call.Continuation, effects))
            {
                case FaultOutcome.Waits:
                    return false;
                case FaultOutcome.BusError:
                    return true;
                default:
                    break;
            }
        }

        return true;
    }

    /// <summary>Anonymous pages only, mapped writable here and nowhere else.</summary>
    private bool CanLockOut(PageTableEntry entry, BlockKey block, int page) =>
        CpuMemoryTable.Decide(KindOf(entry, LockedPages(block), page), CpuPageEvent.MakeExclusive) == CpuPageAction.LockOut
        && entry is { IsWritable: true, IsZeroPage: false }
        && RecordOf(entry.Frame) is null or { IsFilePage: false, Mappings.Count: 1 };

    private void ReportExclusive(Message request, AddressSpace space, bool isComplete, EffectBuffer effects)
    {
        PageMask locked = default;
        PageMask busy = LockedPages(request.Block); // a touch takes the page back: the device was told already
        var frames = new PageFramesBuilder();
        foreach (int page in request.Pages)
        {
            PageTableEntry entry = new(space.Table[request.Block.Block.Page(page)]);
            if (KindOf(entry, busy, page) == EntryKind.DeviceExclusive)
            {
                locked.Add(page);
                frames.Add(page, entry.Frame);
            }
        }

        SendExclusive(request, isComplete ? locked : default, frames.Build(), Errno.None, effects);
    }

    private void SendExclusive(Message request, in PageMask pages, PageFrames frames, Errno error, EffectBuffer effects) =>
        effects.Send(new Message
        {
            Kind = MessageKind.ExclusiveReply,
            From = Id,
            To = request.From,
            Block = request.Block,
            Pages = pages,
            Frames = frames,
            Transaction = request.Transaction,
            Error = error,
        });
}
