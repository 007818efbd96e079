using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Frames;

/// <summary>Frames of one chunk that were allocated for pages of one block.</summary>
/// <param name="Block">The block.</param>
/// <param name="Pages">The pages.</param>
/// <param name="Frames">Their frames.</param>
public readonly record struct ChunkPages(BlockKey Block, PageMask Pages, PageFrames Frames);
