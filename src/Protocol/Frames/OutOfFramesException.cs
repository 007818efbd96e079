using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Frames;

/// <summary>A RAM had no frame left for a page that has nowhere else to go: the scenario gives the host too little RAM.</summary>
public sealed class OutOfFramesException(MemorySpec memory, int wantedFrames, long freeFrames)
    : InvalidOperationException(
        $"{memory.Name} is out of frames: {wantedFrames} wanted, {freeFrames} free of {memory.FrameCount} (4 KiB each); give the host more ram")
{
    /// <summary>The memory that is full.</summary>
    public MemorySpec Memory { get; } = memory;
}
