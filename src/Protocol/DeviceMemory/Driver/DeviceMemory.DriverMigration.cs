using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary>Ioctls that move pages: <c>MIGRATE_TO_DEV</c>, <c>MIGRATE_TO_SYS</c>, <c>RELEASE</c>, and the last close of a handle.</summary>
public partial class DeviceMemory
{
    private bool _failsNextAllocation;

    private CallResult? MigrateToDevice(DriverCallState state, EffectBuffer effects)
    {
        if (state.IsReadingBack)
        {
            return ReadBack(state, effects);
        }

        (BlockKey block, PageMask pages) = PieceAt(state, state.Cursor);
        PageMask wanted = pages;
        PageFrames frames;
        while (!Frames.TryAllocate(block, wanted, out frames))
        {
            wanted.Remove(wanted.Last); // a full memory takes what fits
        }

        DeviceRequest request = new()
        {
            Id = NextRequest(),
            Kind = DeviceRequestKind.Migrate,
            Block = block,
            Pages = wanted,
            Frames = frames,
            IsForCall = true,
        };
        Track(request);
        _reserved[block] = _reserved.GetValueOrDefault(block) | wanted;
        effects.Send(new Message
        {
            Kind = MessageKind.MigrateVma,
            From = Id,
            To = HomeOf(block),
            Block = block,
            Pages = pages,
            Subset = wanted,
            Frames = frames,
            Transaction = request.Id,
            Cause = MigrationCause.Requested,
            Destination = Id,
            IsRange = true,
            AllocationFails = TakeAllocationFailure(),
        });
        return null;
    }

    internal virtual void MigratedForCall(DeviceRequest request, Message message, EffectBuffer effects)
    {
        DriverCallState state = _driverCall!;
        if (request.Kind == DeviceRequestKind.Migrate)
        {
            MapArrived(state.Mirror.Table, request, message);
        }

        if (message.Error != Errno.None)
        {
            EndDriverCall(CallResult.Failed(message.Error), effects);
            return;
        }

        if (!message.Pages.IsEmpty)
        {
            effects.Note(NoteKind.PagesArrived, message.Pages.Count);
        }

        state.Cursor += message.CoveredPages;
        if (state.Cursor == state.Call.End)
        {
            BeginReadBack(state);
        }

        RunDriverCall(effects);
    }

    private CallResult? MigrateToSystem(DriverCallState state, EffectBuffer effects)
    {
        if (state.Cursor == state.Call.End)
        {
            return new CallResult { PageCount = state.PageCount };
        }

        (BlockKey block, PageMask pages) = PieceAt(state, state.Cursor);
        DeviceRequest request = new() { Id = NextRequest(), Kind = DeviceRequestKind.ToRam, Block = block, Pages = pages, IsForCall = true };
        Track(request);
        MemoryId home = HomeOf(block);
        effects.Send(new Message
        {
            Kind = MessageKind.MigrateVma,
            From = Id,
            To = home,
            Block = block,
            Pages = pages,
            Transaction = request.Id,
            Cause = MigrationCause.Requested,
            Destination = home,
            IsRange = true,
            AllocationFails = TakeAllocationFailure(),
        });
        return null;
    }

    private void PagesToRam(Message message, EffectBuffer effects)
    {
        DriverCallState state = _driverCall!;
        state.PageCount += message.Pages.Count;
        state.Cursor += message.CoveredPages;
        RunDriverCall(effects);
    }

    /// <summary>
    /// Moves every page of the device, of every process, to RAM (<c>dmirror_device_evict_chunk</c>). Busy pages are skipped by the home;
    /// as long as a round frees something, another follows.
    /// </summary>
    internal virtual CallResult? EvictEverything(DriverCallState state, EffectBuffer effects)
    {
        state.FreedFrames = 0;
        foreach (int chunk in Frames.ChunksOldestFirst().ToList())
        {
            foreach ((BlockKey block, PageMask used, PageFrames frames) in Frames.PagesOfChunk(chunk).ToList())
            {
                PageMask pages = used - _reserved.GetValueOrDefault(block);
                if (!pages.IsEmpty)
                {
                    state.OpenEvictions++;
                    RequestEviction(block, pages, frames, chunk, isForCall: true, effects);
                }
            }
        }

        return state.OpenEvictions == 0 ? CallResult.Success : null;
    }

    internal virtual void EvictedForCall(Message message, EffectBuffer effects)
    {
        DriverCallState state = _driverCall!;
        state.FreedFrames += message.Pages.Count;
        if (--state.OpenEvictions > 0)
        {
            return;
        }

        if (state.FreedFrames > 0)
        {
            RunDriverCall(effects);
        }
        else
        {
            EndDriverCall(CallResult.Success, effects);
        }
    }

    private bool TakeAllocationFailure()
    {
        bool fails = _failsNextAllocation;
        _failsNextAllocation = false;
        return fails;
    }

    private CallResult SetFlags(DriverCallState state)
    {
        _failsNextAllocation = state.Call.Value != 0;
        return CallResult.Success;
    }
}
