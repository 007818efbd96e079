using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>
/// Eviction when the memory is full: whole 2 MiB chunks go back to RAM in order of allocation, whatever was touched since
/// (<c>uvm_pmm_gpu.c</c>: chunks move in the list when they are allocated, not when they are accessed).
/// </summary>
public sealed partial class DeviceMemory
{
    private int _openEvictions;
    private int _framesFreedByEviction;

    /// <summary>Asks the homes of a chunk's pages to take them; false if no chunk is left that was not tried in vain.</summary>
    private bool StartEviction(BlockFaults forBlock, Message cause, EffectBuffer effects)
    {
        // The block in service gives way last: evicting what the same batch needs would only bring the fault back.
        return EvictFirst(forBlock, sparesBlock: true, cause, effects) || EvictFirst(forBlock, sparesBlock: false, cause, effects);
    }

    private bool EvictFirst(BlockFaults forBlock, bool sparesBlock, Message cause, EffectBuffer effects)
    {
        foreach (int chunk in Frames.ChunksOldestFirst())
        {
            if (forBlock.TriedChunks.Contains(chunk))
            {
                continue;
            }

            var victims = Frames.PagesOfChunk(chunk)
                .Select(group => (group.Block, Pages: Evictable(group.Block, group.Pages, cause)))
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

    private PageMask Evictable(BlockKey block, in PageMask pages, Message cause)
    {
        PageTable<DeviceEntry> table = Table(block.Space);
        PageMask evictable = default;
        foreach (int page in pages)
        {
            DeviceEntry entry = new(table[block.Block.Page(page)]);
            switch (DeviceMemoryTable.Decide(entry.Kind, DevicePageEvent.Evict))
            {
                case DevicePageAction.Request:
                    evictable.Add(page);
                    break;
                case DevicePageAction.Skip:
                    break;
                default:
                    throw Impossible($"{entry} of page {page} of block {block} has a frame in a used chunk", cause);
            }
        }

        return evictable;
    }

    private void EvictChunk(int chunk, List<(BlockKey Block, PageMask Pages)> victims, EffectBuffer effects)
    {
        _framesFreedByEviction = 0;
        effects.Note(NoteKind.ChunkEvicted, victims.Sum(victim => victim.Pages.Count));
        foreach ((BlockKey block, PageMask pages) in victims)
        {
            DeviceRequest request = new()
            {
                Id = NextRequest(),
                Kind = DeviceRequestKind.Evict,
                Block = block,
                Pages = pages,
                Chunk = chunk,
            };
            Track(request);
            _openEvictions++;
            MemoryId home = HomeOf(block);
            effects.Send(new Message
            {
                Kind = MessageKind.MigrateVma,
                From = Id,
                To = home,
                Block = block,
                Pages = pages,
                Transaction = request.Id,
                Cause = MigrationCause.Eviction,
                Destination = home,
            });
        }
    }

    private void EvictionProgress(DeviceRequest request, int freed, EffectBuffer effects)
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
