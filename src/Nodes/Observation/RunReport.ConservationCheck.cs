namespace HmmSim.Nodes.Observation;

/// <summary>One balance that must hold at the end of a run.</summary>
/// <param name="Name">What is balanced, such as "frames of gpu0".</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Detail">The figures on both sides, and where they differ.</param>
public sealed record ConservationCheck(string Name, bool Passed, string Detail);
