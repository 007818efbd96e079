using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary>
/// The driver as processes meet it, after <c>lib/test_hmm.c</c> of Linux 6.12: open handles with a mirror each, and ioctls. One call
/// at a time is in work on a device.
/// </summary>
public partial class DeviceMemory
{
    private readonly List<DriverMirror> _driverMirrors = [];
    private readonly Queue<Message> _driverQueue = new();
    private DriverCallState? _driverCall;

    /// <summary>The call in work; null if none is.</summary>
    private protected DriverCallState? DriverCallInWork => _driverCall;

    /// <summary>What waits for the end of the call in work.</summary>
    private protected Queue<Message> DriverQueue => _driverQueue;

    /// <summary>The open handles, in the order of their opening.</summary>
    public IReadOnlyList<DriverMirror> DriverMirrors => _driverMirrors;

    internal virtual Verdict DriverCall(in StepContext context, Message message, EffectBuffer effects)
    {
        if (_driverCall is not null)
        {
            WaitForDriver(message);
            return Verdict.Deferred;
        }

        StartDriverCall(message, effects);
        return Verdict.Handled;
    }

    internal void WaitForDriver(Message message) => _driverQueue.Enqueue(message);

    internal virtual void StartDriverCall(Message message, EffectBuffer effects)
    {
        Call call = message.Call!;
        if (call.Kind == CallKind.Open)
        {
            OpenMirror(message, call, effects);
            return;
        }

        if (_driverMirrors.Find(mirror => mirror.Number == call.Mirror) is not { } mirror)
        {
            EndCall(message, CallResult.Failed(Errno.EBADF), effects);
            return;
        }

        _driverCall = new DriverCallState { Request = message, Call = call, Mirror = mirror, Cursor = call.Begin, FaultCursor = call.End };
        if (call.Kind == CallKind.Close)
        {
            CloseMirror(mirror, message, effects);
        }

        RunDriverCall(effects);
    }

    private protected void RunDriverCall(EffectBuffer effects)
    {
        DriverCallState state = _driverCall!;
        CallResult? result = state.Call.Kind switch
        {
            CallKind.DeviceRead or CallKind.DeviceWrite => AccessRange(state, effects),
            CallKind.MigrateToDevice => MigrateToDevice(state, effects),
            CallKind.MigrateToSystem => MigrateToSystem(state, effects),
            CallKind.Snapshot => TakeSnapshot(state, effects),
            CallKind.MakeExclusive => MakeExclusive(state, effects),
            CallKind.CheckExclusive => CheckExclusive(state),
            CallKind.Close or CallKind.Release => EvictEverything(state, effects),
            CallKind.SetFlags => SetFlags(state),
            _ => CallResult.Failed(Errno.EINVAL),
        };
        if (result is not null)
        {
            EndDriverCall(result, effects);
        }
    }

    private protected void EndDriverCall(CallResult result, EffectBuffer effects)
    {
        Message request = _driverCall!.Request;
        _driverCall = null;
        EndCall(request, result, effects);
        while (_driverCall is null && _driverQueue.TryDequeue(out Message? next))
        {
            StartDriverCall(next, effects);
        }
    }

    private void EndCall(Message request, CallResult result, EffectBuffer effects) => effects.Send(new Message
    {
        Kind = MessageKind.CallDone,
        From = Id,
        To = request.From,
        Block = request.Block,
        Thread = request.Thread,
        Call = request.Call,
        Result = result,
    });

    private void OpenMirror(Message message, Call call, EffectBuffer effects)
    {
        _driverMirrors.Add(new DriverMirror(call.Mirror, call.Space));
        SendToHome(MessageKind.RegisterMirror, call.Space, effects);
        EndCall(message, CallResult.Success, effects);
    }

    private void CloseMirror(DriverMirror mirror, Message message, EffectBuffer effects)
    {
        _driverMirrors.Remove(mirror);
        SendToHome(MessageKind.UnregisterMirror, mirror.Space, effects);
    }

    internal void SendToHome(MessageKind kind, AddressSpaceId space, EffectBuffer effects)
    {
        BlockKey block = new(space, default);
        effects.Send(NewMessage(kind, HomeOf(block), block, default, default));
    }

    /// <summary>The part of the range from a page on that lies in its block, as far as one request goes.</summary>
    private static (BlockKey Block, PageMask Pages) PieceAt(DriverCallState state, VirtualPageNumber cursor, int mostPages = VirtualBlockNumber.Pages)
    {
        long count = Math.Min((long)(state.Call.End.Value - cursor.Value), mostPages);
        return (new BlockKey(state.Mirror.Space, cursor.Block), PageMask.Range(cursor.IndexInBlock, (int)count));
    }

    /// <summary>
    /// Mirrors drop what changes, and one page more: the stock driver erases up to and including the end of the range. Its own
    /// migration it ignores, since it maps the pages itself at the end; the sequence counts it all the same.
    /// </summary>
    internal void DropFromMirrors(Message message)
    {
        if (_driverMirrors.Count == 0 || (message.Destination == Id && !IsFetchingForFaults(message.Block)))
        {
            return;
        }

        foreach (DriverMirror mirror in _driverMirrors)
        {
            if (mirror.Space == message.Block.Space)
            {
                Erase(mirror.Table, message);
            }
        }
    }

    /// <summary>True if warps' faults bring pages of the block here: these go into the device's own page table, into no mirror.</summary>
    private bool IsFetchingForFaults(BlockKey block) =>
        _requests.Values.Any(request => request is { Kind: DeviceRequestKind.Migrate, IsForCall: false } && request.Block == block);

    private static void Erase(PageTable<DeviceEntry> table, Message message)
    {
        PageMask pages = message.Pages;
        foreach (int page in pages)
        {
            VirtualPageNumber address = message.Block.Block.Page(page);
            table[address] = Dropped(new DeviceEntry(table[address]), message);
            if (page == VirtualBlockNumber.Pages - 1 || !pages.Contains(page + 1))
            {
                table[address + 1] = Dropped(new DeviceEntry(table[address + 1]), message);
            }
        }
    }
}
