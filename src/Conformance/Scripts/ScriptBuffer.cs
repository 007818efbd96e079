namespace HmmSim.Conformance.Scripts;

/// <summary>A range of addresses that steps name; nothing is mapped there at first. It begins at a multiple of 1 GiB.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PageCount">Its length in pages of 4 KiB.</param>
public sealed record ScriptBuffer(string Name, int PageCount);
