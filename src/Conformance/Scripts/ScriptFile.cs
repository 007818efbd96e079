namespace HmmSim.Conformance.Scripts;

/// <summary>A file that is there from the begin.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PageCount">Its length in pages of 4 KiB.</param>
/// <param name="Values">What its pages hold.</param>
public sealed record ScriptFile(string Name, int PageCount, PageValues Values);
