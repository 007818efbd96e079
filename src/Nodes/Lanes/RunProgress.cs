using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

/// <summary>How far a run has come.</summary>
/// <param name="Horizon">Everything before this time is done.</param>
/// <param name="Steps">Timed messages handled.</param>
/// <param name="Advances">Advances handled.</param>
/// <param name="Windows">Windows walked.</param>
public readonly record struct RunProgress(VirtualTime Horizon, long Steps, long Advances, long Windows);
