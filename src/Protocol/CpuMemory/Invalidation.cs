using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol;

/// <summary>One message of an invalidation: a mirror that was told of its start and must be told of its end.</summary>
/// <param name="Mirror">The device.</param>
/// <param name="Block">The block.</param>
/// <param name="Pages">The pages.</param>
public readonly record struct Invalidation(MemoryId Mirror, BlockKey Block, PageMask Pages);
