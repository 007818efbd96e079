using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol;

/// <summary>What the machine still has to do with a block; for whoever must know whether it can speak of one again by itself.</summary>
public partial class DeviceMemory
{
    /// <summary>Whether it has entries or frames of a block. A page that was invalidated has a frame and no entry.</summary>
    public bool Holds(BlockKey block) =>
        !Table(block.Space).TryGetWhole(block.Block, out ulong entry) || entry != 0 || _reserved.ContainsKey(block) || _leaving.ContainsKey(block)
        || Frames.ChunksOldestFirst().Any(chunk => Frames.PagesOfChunk(chunk).Any(pages => pages.Block == block));

    /// <summary>Whether a fault in its buffer, the batch in service, or an open question concerns such a block.</summary>
    public bool IsAboutToServe(Predicate<BlockKey> concerned)
    {
        foreach (FaultRecord fault in _faultBuffer)
        {
            if (concerned(fault.Block))
            {
                return true;
            }
        }

        return (_batch is not null && _batch.Blocks.Any(faults => concerned(faults.Block)))
            || _requests.Values.Any(request => concerned(request.Block))
            || _walksWaiting.Any(request => concerned(request.Block))
            || _driverCall is not null;
    }
}
