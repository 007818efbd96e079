using HmmSim.Protocol.Files;

namespace HmmSim.Conformance.Replay;

/// <summary>A file that has to be there before a call.</summary>
/// <param name="Id">Its number.</param>
/// <param name="PageValues">The value of each of its pages.</param>
public sealed record NewFile(FileId Id, IReadOnlyList<ulong> PageValues);
