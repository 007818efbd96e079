using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary>Long-term pins (<c>pin_user_pages</c> with <c>FOLL_LONGTERM</c>, as <c>gup_test</c> holds them: one set in the system).</summary>
public partial class CpuMemory
{
    private const int FaultingPagesIn = 1;
    private const int PinningPages = 2;

    private readonly List<PageFrameNumber> _pins = [];
    private bool _isPinHeld;

    private CallResult? Pin(in StepContext context, CallTransaction call, AddressSpace space, Call request, EffectBuffer effects)
    {
        if (call.Stage == 0)
        {
            if (_isPinHeld || request.PageCount < 1)
            {
                return CallResult.Failed(Errno.EINVAL);
            }

            _isPinHeld = true;
            call.Stage = FaultingPagesIn;
            call.PieceEnd = request.End;
        }

        for (; call.Cursor < call.PieceEnd; call.Cursor += 1)
        {
            switch (FaultForPin(context, call, space, request, effects))
            {
                case FaultOutcome.Waits:
                    return null;
                case FaultOutcome.BusError:
                    call.PieceEnd = call.Cursor; // what was reached is pinned first, and let go with the error
                    continue;
                default:
                    break;
            }

            if (call.Stage == PinningPages && TryPin(context, call, space, effects) is { } outcome)
            {
                return outcome == FaultOutcome.Waits ? null : FailPin(Errno.EBUSY);
            }
        }

        if (call.Stage == FaultingPagesIn)
        {
            call.Stage = PinningPages;
            call.Cursor = request.Begin;
            return Pin(context, call, space, request, effects);
        }

        if (call.Error != Errno.None)
        {
            return FailPin(call.Error);
        }

        space.HasPinned = true;
        return CallResult.Success;
    }

    private FaultOutcome FaultForPin(in StepContext context, CallTransaction call, AddressSpace space, Call request, EffectBuffer effects)
    {
        Errno refusal = PinnableError(space.Areas.Find(call.Cursor), request.IsWrite);
        FaultKind kind = request.IsWrite ? FaultKind.Store : FaultKind.Unshare;
        FaultOutcome outcome = refusal != Errno.None ? FaultOutcome.BusError
            : HandleFault(context, space, call.Cursor, kind, call.Continuation, effects);
        if (outcome == FaultOutcome.BusError)
        {
            call.Error = refusal == Errno.None ? Errno.EFAULT : refusal;
        }

        return outcome;
    }

    private CallResult FailPin(Errno error)
    {
        Unpin();
        return CallResult.Failed(error);
    }

    /// <summary>Whether the area permits the pin (<c>check_vma_flags</c>): a file system could not be told of stores that last.</summary>
    private static Errno PinnableError(Vma? area, bool isWrite) => area switch
    {
        null => Errno.EFAULT,
        { Backing: AreaBacking.FsDax } => Errno.EOPNOTSUPP,
        { Backing: AreaBacking.PciP2p } => Errno.EFAULT,
        { Backing: AreaBacking.FileShared } when isWrite => Errno.EFAULT,
        _ => (isWrite ? area.IsWritable : area.IsReadable) ? Errno.None : Errno.EFAULT,
    };

    /// <summary>
    /// Pins a page in RAM; coherent device memory comes back first (<c>migrate_longterm_unpinnable_folios</c>). Null if it is
    /// pinned, <see cref="FaultOutcome.BusError"/> if it cannot come back.
    /// </summary>
    private FaultOutcome? TryPin(in StepContext context, CallTransaction call, AddressSpace space, EffectBuffer effects)
    {
        PageTableEntry entry = new(space.Table[call.Cursor]);
        if (!Ram.Owns(entry.Frame) && _layout.Memories.Of(entry.Frame).Type == Topology.MemoryType.DeviceCoherent)
        {
            PageRecord? held = RecordOf(entry.Frame);
            if (ReferencesOf(entry.Frame, held) != ExpectedReferences(held))
            {
                return FaultOutcome.BusError;
            }

            BlockKey block = new(space.Id, call.Cursor.Block);
            PageMask pages = PageMask.Of(call.Cursor.IndexInBlock);
            StartMigrateToRam(context, block, Migration.MigrationCause.Pin, OwnerOf(entry), pages, call.Continuation, effects);
            return FaultOutcome.Waits;
        }

        PageRecord record = OpenRecord(entry.Frame, new PageAddress(space.Id, call.Cursor));
        record.PinCount++;
        if (Ram.Owns(entry.Frame))
        {
            Ram.Get(entry.Frame);
        }

        _pins.Add(entry.Frame);
        return null;
    }

    /// <summary>Reads one pinned page after the other, those outside RAM over the link.</summary>
    private CallResult? ReadPins(CallTransaction call, Call request, EffectBuffer effects)
    {
        if (!_isPinHeld || request.PageCount > _pins.Count)
        {
            return CallResult.Failed(Errno.EINVAL);
        }

        while (call.Values.Count < request.PageCount)
        {
            PageFrameNumber frame = _pins[call.Values.Count];
            if (Ram.Owns(frame))
            {
                call.Values.Add(Ram.ReadValue(frame));
            }
            else if (call.RemoteValue is { } value)
            {
                call.RemoteValue = null;
                call.Values.Add(value);
            }
            else
            {
                AccessAtOwner(call, request, frame, isStore: false, effects);
                return null;
            }
        }

        return new CallResult { Values = call.Values };
    }

    private CallResult Unpin()
    {
        foreach (PageFrameNumber frame in _pins)
        {
            PageRecord record = _pages[frame];
            record.PinCount--;
            if (record is { SwapSlot: >= 0, Mappings.Count: 0 })
            {
                TryFreeSwap(frame, record);
            }

            if (Ram.Owns(frame))
            {
                PutRam(frame);
            }
        }

        _pins.Clear();
        _isPinHeld = false;
        return CallResult.Success;
    }
}
