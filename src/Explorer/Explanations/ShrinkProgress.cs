namespace HmmSim.Explorer.Explanations;

/// <summary>How far shrinking is.</summary>
/// <param name="Searches">Searches done so far.</param>
/// <param name="Operations">Operations in the scripts of the system that is searched next.</param>
/// <param name="States">States that the searches before have visited.</param>
public readonly record struct ShrinkProgress(int Searches, int Operations, long States);
