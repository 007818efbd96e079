namespace HmmSim.Cli;

/// <summary>How far a replay of traces is.</summary>
/// <param name="Scripts">Scripts replayed.</param>
/// <param name="Operations">Operations replayed.</param>
internal readonly record struct ConformProgress(long Scripts, long Operations);
