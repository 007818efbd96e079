namespace HmmSim.Explorer.Search;

/// <summary>A file that keeps a search which a limit or the user ended, so that a later one goes on where it stopped.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Identity">What is searched and how; only a search with the same identity may go on from the file.</param>
/// <param name="Resume">Whether to go on from the file, which must exist; otherwise the search begins anew.</param>
public sealed record SearchCheckpoint(string File, string Identity, bool Resume);
