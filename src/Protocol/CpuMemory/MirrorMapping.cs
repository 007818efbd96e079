using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol;

/// <summary>RAM pages of one block that a device may have mapped: its subscription to the block's invalidations.</summary>
/// <param name="Mirror">The device.</param>
/// <param name="Pages">Pages it was told of and has not been told to drop.</param>
public readonly record struct MirrorMapping(MemoryId Mirror, PageMask Pages);
