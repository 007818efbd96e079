using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Scenarios;

/// <summary>How far a run is.</summary>
/// <param name="VirtualTime">All lanes have passed this time.</param>
/// <param name="Steps">Protocol steps done so far.</param>
/// <param name="Accesses">Accesses of all processors done so far.</param>
public readonly record struct RunProgress(VirtualTime VirtualTime, long Steps, long Accesses);
