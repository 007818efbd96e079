namespace HmmSim.Explorer.Explanations;

/// <summary>
/// Two steps of one actor whose order decides: taken the other way round, the run does not violate the property and it can still
/// be kept.
/// </summary>
/// <param name="Actor">Position of the actor in <see cref="Explanation.Actors"/>.</param>
/// <param name="First">The step that came first.</param>
/// <param name="FirstStep">Its number in the run, from 1.</param>
/// <param name="Second">The step that it overtook.</param>
/// <param name="SecondStep">Its number in the run, from 1; null if the run ends before it.</param>
public sealed record Overtaking(int Actor, string First, int FirstStep, string Second, int? SecondStep);
