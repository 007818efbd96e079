using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Topology;

/// <summary>All memories of the simulated system and their frame ranges: decodes which memory a frame number names.</summary>
public sealed class MemoryMap
{
    private readonly MemorySpec[] _byFrame;
    private readonly Dictionary<MemoryId, MemorySpec> _byId;

    /// <summary>A map of memories whose frame ranges do not overlap.</summary>
    /// <exception cref="ArgumentException">Two memories share a number or a frame, a range is empty, or one leaves the 40-bit numbering.</exception>
    public MemoryMap(IEnumerable<MemorySpec> memories)
    {
        _byFrame = [.. memories.OrderBy(memory => memory.FirstFrame)];
        _byId = _byFrame.ToDictionary(memory => memory.Id);
        ulong end = 1; // frame 0 is the shared zero page
        foreach (MemorySpec memory in _byFrame)
        {
            if (memory.FrameCount < 1 || memory.FirstFrame.Value < end)
            {
                throw new ArgumentException($"memory {memory.Name} has no frame of its own: its range is empty or overlaps the one before", nameof(memories));
            }

            end = memory.FirstFrame.Value + (ulong)memory.FrameCount;
        }

        if (end > 1UL << PageFrameNumber.Bits)
        {
            throw new ArgumentException($"the memories need {end} frames; 40-bit frame numbers end at {1UL << PageFrameNumber.Bits} (4 PiB)", nameof(memories));
        }
    }

    /// <summary>The RAM of the first host: the home of address spaces that processes make during the run.</summary>
    public MemoryId FirstRam => _byFrame.First(memory => memory.Type == MemoryType.Ram).Id;

    /// <summary>The memories in ascending order of their frames.</summary>
    public IReadOnlyList<MemorySpec> Memories => _byFrame;

    /// <summary>The memory with this number.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public MemorySpec this[MemoryId id] => _byId[id];

    /// <summary>The memory a frame belongs to.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No memory has this frame.</exception>
    public MemorySpec Of(PageFrameNumber frame)
    {
        int low = 0;
        int high = _byFrame.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_byFrame[middle].FirstFrame <= frame)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        MemorySpec memory = _byFrame[low];
        return frame.Value - memory.FirstFrame.Value < (ulong)memory.FrameCount
            ? memory
            : throw new ArgumentOutOfRangeException(nameof(frame), $"{frame} belongs to no memory");
    }
}
