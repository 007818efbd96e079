namespace HmmSim.Explorer.Search;

/// <summary>How far a level is expanded, in the numbers of one store.</summary>
/// <param name="Expanded">First state that is not expanded.</param>
/// <param name="LevelEnd">First state of the next level.</param>
internal readonly record struct LevelCut(uint Expanded, uint LevelEnd);
