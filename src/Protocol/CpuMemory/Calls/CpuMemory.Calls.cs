using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>Calls of processes: begin, wait, go on, end.</summary>
public partial class CpuMemory
{
    private delegate void BlockWork(CallTransaction call, AddressSpace space, BlockKey block, PageMask pages, EffectBuffer effects);

    private Verdict Call(in StepContext context, Message message, EffectBuffer effects)
    {
        if (!_calls.TryGetValue(message.Transaction, out CallTransaction? call))
        {
            Call request = message.Call!;
            call = OpenCall(message, message.Block.Space, request.Begin);
            call.WantsWriteLock = request.Kind == CallKind.Advise
                ? request.Advice is not (Advice.PopulateRead or Advice.PopulateWrite)
                : CallTransaction.IsWriter(request.Kind);
        }

        return RunCall(context, call, effects);
    }

    private static Verdict CallDone(Message message, EffectBuffer effects)
    {
        effects.Complete(message.Thread, message.Result!);
        return Verdict.Handled;
    }

    private CallTransaction OpenCall(Message request, AddressSpaceId space, VirtualPageNumber begin)
    {
        TransactionId id = NextTransaction();
        CallTransaction call = new()
        {
            Id = id,
            Request = request,
            Cursor = begin,
            Continuation = new Message
            {
                Kind = request.Kind,
                From = Id,
                To = Id,
                Block = new BlockKey(space, begin.Block),
                Transaction = id,
                Call = request.Call,
            },
        };
        _calls.Add(id, call);
        return call;
    }

    private Verdict RunCall(in StepContext context, CallTransaction call, EffectBuffer effects)
    {
        CallResult? result = call.Request.Kind switch
        {
            MessageKind.RangeFault => Walk(context, call, effects),
            MessageKind.MakeExclusive => MakeExclusive(context, call, effects),
            _ => Perform(context, call, call.Request.Call!, effects),
        };
        if (result is null)
        {
            return Verdict.Deferred;
        }

        _calls.Remove(call.Id);
        ReleaseWriteLock(call);
        if (call.Request.Kind == MessageKind.Call)
        {
            effects.Complete(call.Request.Thread, result);
        }

        return Verdict.Handled;
    }

    /// <summary>Does what can be done now; null if the call waits.</summary>
    private CallResult? Perform(in StepContext context, CallTransaction call, Call request, EffectBuffer effects)
    {
        AddressSpace space = Space(request.Space);
        if (request.Kind is not (CallKind.Unpin or CallKind.ReadPins or CallKind.Truncate) && !HasLock(call, space))
        {
            return null;
        }

        return request.Kind switch
        {
            CallKind.Load or CallKind.Store or CallKind.CopyFromUser or CallKind.CopyToUser => Access(context, call, space, request, effects),
            CallKind.CreateFile => CreateFile(space, request),
            CallKind.Map => Map(space, request),
            CallKind.Unmap => Unmap(call, space, request, effects),
            CallKind.Protect => Protect(context, call, space, request, effects),
            CallKind.Remap => Remap(call, space, request, effects),
            CallKind.Advise => Advise(context, call, space, request, effects),
            CallKind.Lock or CallKind.Unlock => LockPages(context, call, space, request, effects),
            CallKind.Truncate => Truncate(call, request, effects),
            CallKind.Fork => Fork(call, space, request, effects),
            CallKind.Exit => Exit(call, space, effects),
            CallKind.Pin => Pin(context, call, space, request, effects),
            CallKind.ReadPins => ReadPins(call, request, effects),
            CallKind.Unpin => Unpin(),
            CallKind.None or CallKind.Open or CallKind.Close or CallKind.DeviceRead or CallKind.DeviceWrite or CallKind.MigrateToDevice
                or CallKind.MigrateToSystem or CallKind.Snapshot or CallKind.MakeExclusive or CallKind.CheckExclusive or CallKind.Release
                or CallKind.SetFlags => throw Impossible($"{request.Kind} is for a device's driver", call.Request),
        };
    }

    /// <summary>True if the call has <c>mmap_lock</c> as it wants it; else it waits for it.</summary>
    private bool HasLock(CallTransaction call, AddressSpace space)
    {
        if (call.WriteLocked == space.Id)
        {
            return true;
        }

        if (!call.WantsWriteLock)
        {
            return !WaitsForLock(space, call.Continuation);
        }

        if (!TryWriteLock(space, call.Continuation))
        {
            return false;
        }

        call.WriteLocked = space.Id;
        return true;
    }

    private void ReleaseWriteLock(CallTransaction call)
    {
        if (call.WriteLocked is { } locked)
        {
            call.WriteLocked = null;
            WriteUnlock(Space(locked));
        }
    }

    /// <summary>Goes through the blocks up to <paramref name="end"/>: mirrors drop the pages, then <paramref name="work"/> changes the entries.</summary>
    /// <returns>False if acknowledgements are awaited.</returns>
    private bool ForEachBlock(CallTransaction call, AddressSpace space, VirtualPageNumber end, BlockWork work, EffectBuffer effects)
    {
        while (call.Cursor < end)
        {
            VirtualBlockNumber block = call.Cursor.Block;
            VirtualPageNumber next = new(Math.Min(end.Value, block.FirstPage.Value + VirtualBlockNumber.Pages));
            if (!space.Table.TryGetWhole(block, out ulong whole) || whole != 0)
            {
                BlockKey key = new(space.Id, block);
                PageMask pages = PageMask.Range(call.Cursor.IndexInBlock, (int)(next.Value - call.Cursor.Value));
                if (!BeginInvalidation(call, space, key, pages, effects))
                {
                    return false;
                }

                if (pages != PageMask.All)
                {
                    SplitHuge(space, block);
                }

                work(call, space, key, pages, effects);
                EndInvalidation(call, effects);
            }

            call.Cursor = next;
        }

        return true;
    }

    /// <summary>True once everyone who may have mapped the pages has dropped them.</summary>
    private bool BeginInvalidation(CallTransaction call, AddressSpace space, BlockKey block, in PageMask pages, EffectBuffer effects)
    {
        if (!call.IsInvalidating)
        {
            call.IsInvalidating = true;
            Invalidate(space, block, pages, pages, MemoryId.None, call.Id, call.Invalidated, effects);
            InvalidateOwners(space, block, pages, call.Id, call.Invalidated, effects);
            call.Pending = call.Invalidated.Count + StartCpuWork(call.Id, block, _spec.TlbShootdown, effects);
        }

        return call.Pending == 0;
    }

    private void EndInvalidation(CallTransaction call, EffectBuffer effects)
    {
        EndInvalidation(call.Invalidated, call.Id, effects);
        call.IsInvalidating = false;
    }

    /// <summary>An entry that named a frame is gone (<c>folio_remove_rmap_pte</c>).</summary>
    internal virtual void DropFrame(PageTableEntry entry, Pages.PageAddress mapping) => RemoveMapping(entry.Frame, mapping);

    /// <summary>Empties entries (<c>unmap_vmas</c>, <c>zap_page_range</c>).</summary>
    private void Zap(CallTransaction call, AddressSpace space, BlockKey block, PageMask pages, EffectBuffer effects)
    {
        PageTable<CpuEntryLayout>.BlockEntries entries = space.Table.Entries(block.Block);
        foreach (int page in pages)
        {
            PageTableEntry entry = new(entries[page]);
            entries[page] = 0;
            switch (CpuMemoryTable.Decide(entry.Kind, CpuPageEvent.Unmap))
            {
                case CpuPageAction.Skip or CpuPageAction.Clear:
                    break;
                case CpuPageAction.DropFrame:
                    DropFrame(entry, new Pages.PageAddress(space.Id, block.Block.Page(page)));
                    break;
                case CpuPageAction.DropSlot:
                    RemoveSwapEntry(entry);
                    break;
                default:
                    throw Impossible($"{entry} meets Unmap", call.Request);
            }
        }

        space.Table.Collapse(block.Block);
        SplitHuge(space, block.Block);
    }
}
