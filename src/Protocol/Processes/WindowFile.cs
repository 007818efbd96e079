using HmmSim.Protocol.Files;

namespace HmmSim.Protocol.Processes;

/// <summary>
/// The file that the mappings of one window of addresses use. A process that was forked shares those of its parent.
/// </summary>
/// <param name="Id">Its number.</param>
/// <param name="Window">The window.</param>
/// <param name="PageCount">Pages of 4 KiB it has when it is made.</param>
public sealed record WindowFile(FileId Id, int Window, long PageCount);
