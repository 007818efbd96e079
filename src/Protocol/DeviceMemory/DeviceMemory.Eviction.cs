using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>
/// Eviction when the memory is full: whole 2 MiB chunks go back to RAM in order of allocation, whatever was touched since
/// (<c>uvm_pmm_gpu.c</c>: chunks move in the list when they are allocated, not when they are accessed).
/// </summary>
public partial class DeviceMemory
{
    private int _openEvictions;
    private int _framesFreedByEviction;

    /// <summary>Asks the homes of a chunk's pages to take them; false if no chunk is left that was not tried in vain.</summary>
    private bool StartEviction(BlockFaults forBlock, EffectBuffer effects)
    {
        // The block in service gives way last: evicting what the same batch needs would only bring the fault back.
        return EvictFirst(forBlock, sparesBlock: true, effects) || EvictFirst(forBlock, sparesBlock: false, effects);
    }

    private bool EvictFirst(BlockFaults forBlock, bool sparesBlock, EffectBuffer effects)
    {
        foreach (int chunk in Frames.ChunksOldestFirst())
        {
            if (forBlock.TriedChunks.Contains(chunk))
            {
                continue;
            }

            var victims = Frames.PagesOfChunk(chunk)
                .Select(group => group with { Pages = group.Pages - _reserved.GetValueOrDefault(group.Block) })
                .Where(group => !group.Pages.IsEmpty && !(sparesBlock && group.Block == forBlock.Block))
                .ToList();
            if (victims.Count > 0)
            {
                forBlock.TriedChunks.Add(chunk);
                EvictChunk(chunk, victims, effects);
                return true;
            }
        }

        return false;
    }

    private void EvictChunk(int chunk, List<ChunkPages> victims, EffectBuffer effects)
    {
        _framesFreedByEviction = 0;
        effects.Note(NoteKind.ChunkEvicted, victims.Sum(victim => victim.Pages.Count));
        foreach ((BlockKey block, PageMask pages, PageFrames frames) in victims)
        {
            _openEvictions++;
            RequestEviction(block, pages, frames, chunk, isForCall: false, effects);
        }
    }

    private void RequestEviction(BlockKey block, in PageMask pages, PageFrames frames, int chunk, bool isForCall, EffectBuffer effects)
    {
        DeviceRequest request = new()
        {
            Id = NextRequest(),
            Kind = DeviceRequestKind.Evict,
            Block = block,
            Pages = pages,
            Chunk = chunk,
            IsForCall = isForCall,
        };
        Track(request);
        MemoryId home = HomeOf(block);
        effects.Send(new Message
        {
            Kind = MessageKind.MigrateVma,
            From = Id,
            To = home,
            Block = block,
            Pages = pages,
            Frames = frames,
            Transaction = request.Id,
            Cause = MigrationCause.Eviction,
            Destination = home,
        });
    }

    internal virtual void EvictionProgress(DeviceRequest request, int freed, EffectBuffer effects)
    {
        _framesFreedByEviction += freed;
        if (--_openEvictions > 0)
        {
            return;
        }

        if (_framesFreedByEviction > 0)
        {
            _batch!.Blocks[_batch.Next].TriedChunks.Remove(request.Chunk);
        }

        ScheduleBlock(VirtualDuration.Zero, effects);
    }
}
