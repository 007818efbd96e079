using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>Ioctls that read and write through a mirror, and fault on it: <c>READ</c>, <c>WRITE</c>, <c>SNAPSHOT</c>, <c>EXCLUSIVE</c>.</summary>
public partial class DeviceMemory
{
    private const int ExclusivePages = 64; // pages that one make_device_exclusive_range is asked for

    private CallResult? AccessRange(DriverCallState state, EffectBuffer effects)
    {
        bool isWrite = state.Call.Kind == CallKind.DeviceWrite;
        while (state.Cursor < state.Call.End)
        {
            DeviceEntry entry = new(state.Mirror.Table[state.Cursor]);
            if (isWrite ? !entry.IsWritable : !entry.IsReadable)
            {
                state.FaultCursor = state.Cursor;
                FaultNextPiece(state, effects);
                return null;
            }

            ulong stored = state.Call.Value + (state.Cursor.Value - state.Call.Begin.Value);
            if (!TryAccess(state, entry, isWrite, stored, effects))
            {
                return null;
            }
        }

        return new CallResult { PageCount = state.PageCount, FaultCount = state.FaultCount, Values = isWrite ? null : state.Values };
    }

    /// <summary>Reads or writes the page at the cursor, here or at the memory that holds it; false if the answer is awaited.</summary>
    private bool TryAccess(DriverCallState state, DeviceEntry entry, bool isWrite, ulong stored, EffectBuffer effects)
    {
        if (entry.IsLocal || entry.Frame == PageFrameNumber.ZeroPage)
        {
            if (isWrite)
            {
                Frames.WriteValue(entry.Frame, stored);
            }

            ulong loaded = isWrite || entry.Frame == PageFrameNumber.ZeroPage ? 0 : Frames.ReadValue(entry.Frame);
            PassPage(state, isWrite, loaded);
            return true;
        }

        BlockKey block = new(state.Mirror.Space, state.Cursor.Block);
        effects.Send(new Message
        {
            Kind = MessageKind.RemoteAccess,
            From = Id,
            To = HomeOf(block),
            Block = block,
            Pages = PageMask.Of(state.Cursor.IndexInBlock),
            Frames = new PageFrames(entry.Frame + -state.Cursor.IndexInBlock),
            Transaction = NextRequest(),
            IsWrite = isWrite,
            Value = stored,
            AccessBytes = isWrite ? VirtualPageNumber.PageBytes : 0,
        });
        return false;
    }

    private static void PassPage(DriverCallState state, bool isWrite, ulong loaded)
    {
        state.Cursor += 1;
        state.PageCount++;
        if (!isWrite)
        {
            state.Values.Add(loaded);
        }
    }

    private void AccessedForCall(Message message, EffectBuffer effects)
    {
        PassPage(_driverCall!, message.IsWrite, message.Value);
        RunDriverCall(effects);
    }

    /// <summary>A device fault: a walk of the whole range that is left, block by block.</summary>
    private protected void FaultNextPiece(DriverCallState state, EffectBuffer effects)
    {
        (BlockKey block, PageMask pages) = PieceAt(state, state.FaultCursor);
        DeviceRequest request = new()
        {
            Id = NextRequest(),
            Kind = DeviceRequestKind.Walk,
            Block = block,
            Pages = pages,
            Subset = state.Call.Kind == CallKind.DeviceWrite ? pages : default,
            IsForCall = true,
            NotifierSequence = Notifiers.ReadBegin(block),
        };
        Track(request);
        BeginWalk(request, VirtualDuration.Zero, effects);
    }

    internal virtual void WalkedForCall(DeviceRequest request, Message message, EffectBuffer effects)
    {
        DriverCallState state = _driverCall!;
        if (state.Call.Kind == CallKind.Snapshot)
        {
            SnapshotTaken(state, message, effects);
            return;
        }

        Errno error = message.Error == Errno.None ? MapReported(state, request, message) : message.Error;
        if (error != Errno.None)
        {
            EndDriverCall(CallResult.Failed(error == Errno.ESRCH ? Errno.EFAULT : error), effects);
            return;
        }

        state.FaultCursor += request.Pages.Count;
        if (state.FaultCursor < state.Call.End)
        {
            FaultNextPiece(state, effects);
            return;
        }

        state.FaultCount++;
        RunDriverCall(effects);
    }

    /// <summary>
    /// Stores what was reported in the mirror. A page that may not be written although a write was asked for ends it, and the pages
    /// before it stay mapped: the walk reports the device's own read-only pages as they are.
    /// </summary>
    private Errno MapReported(DriverCallState state, DeviceRequest request, Message message)
    {
        PageMask pages = request.Pages;
        foreach (int page in pages)
        {
            if (request.Subset.Contains(page) && !message.Subset.Contains(page))
            {
                return Errno.EFAULT;
            }

            VirtualPageNumber address = request.Block.Block.Page(page);
            DeviceEntry entry = new(state.Mirror.Table[address]);
            state.Mirror.Table[address] = Mapped(entry, ReportEvent(message, page), message.Frames[page], message).Raw;
        }

        return Errno.None;
    }

    private CallResult? TakeSnapshot(DriverCallState state, EffectBuffer effects)
    {
        state.FaultCursor = state.Cursor;
        FaultNextPiece(state, effects);
        return null;
    }

    private void SnapshotTaken(DriverCallState state, Message message, EffectBuffer effects)
    {
        if (message.Error != Errno.None)
        {
            EndDriverCall(CallResult.Failed(Errno.EINVAL), effects);
            return;
        }

        IReadOnlyList<byte> permissions = message.Result!.Permissions!;
        state.Permissions.AddRange(permissions);
        state.Cursor += permissions.Count;
        if (state.Cursor < state.Call.End)
        {
            TakeSnapshot(state, effects);
            return;
        }

        EndDriverCall(new CallResult { PageCount = state.Permissions.Count, Permissions = state.Permissions }, effects);
    }

    private CallResult? MakeExclusive(DriverCallState state, EffectBuffer effects)
    {
        if (state.IsReadingBack)
        {
            return ReadBack(state, effects);
        }

        (BlockKey block, PageMask pages) = PieceAt(state, state.Cursor, ExclusivePages);
        DeviceRequest request = new() { Id = NextRequest(), Kind = DeviceRequestKind.MakeExclusive, Block = block, Pages = pages, IsForCall = true };
        Track(request);
        effects.Send(NewMessage(MessageKind.MakeExclusive, HomeOf(block), block, pages, request.Id));
        return null;
    }

    internal virtual Verdict ExclusiveReply(Message message, EffectBuffer effects)
    {
        DeviceRequest request = Answered(message);
        DriverCallState state = _driverCall!;
        if (message.Error != Errno.None)
        {
            EndDriverCall(CallResult.Failed(Errno.EINVAL), effects);
            return Verdict.Handled;
        }

        PageMask pages = message.Pages;
        foreach (int page in pages)
        {
            state.Mirror.Table[request.Block.Block.Page(page)] = new DeviceEntry(DeviceEntryKind.Atomic, message.Frames[page]).Raw;
        }

        if (pages != request.Pages)
        {
            NotAllExclusive(effects);
            return Verdict.Handled;
        }

        state.Cursor += pages.Count;
        if (state.Cursor == state.Call.End)
        {
            BeginReadBack(state);
        }

        RunDriverCall(effects);
        return Verdict.Handled;
    }

    /// <summary>Some page of the range could not be locked out.</summary>
    internal virtual void NotAllExclusive(EffectBuffer effects) => EndDriverCall(CallResult.Failed(Errno.EBUSY), effects);

    private static void BeginReadBack(DriverCallState state)
    {
        state.IsReadingBack = true;
        state.Cursor = state.Call.Begin;
        state.PageCount = 0;
    }

    /// <summary>Reads the range through the mirror without faulting, as the stock driver does to let its caller verify what it did.</summary>
    private CallResult? ReadBack(DriverCallState state, EffectBuffer effects)
    {
        while (state.Cursor < state.Call.End)
        {
            DeviceEntry entry = new(state.Mirror.Table[state.Cursor]);
            if (!entry.IsReadable)
            {
                return CallResult.Failed(Errno.ENOENT);
            }

            if (!TryAccess(state, entry, isWrite: false, 0, effects))
            {
                return null;
            }
        }

        return new CallResult { PageCount = state.PageCount, Values = state.Values };
    }

    private static CallResult CheckExclusive(DriverCallState state)
    {
        for (; state.Cursor < state.Call.End; state.Cursor += 1)
        {
            if (new DeviceEntry(state.Mirror.Table[state.Cursor]).Kind == DeviceEntryKind.Atomic)
            {
                return CallResult.Failed(Errno.EPERM);
            }
        }

        return CallResult.Success;
    }
}
