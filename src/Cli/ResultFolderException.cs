namespace HmmSim.Cli;

/// <summary>The result folder cannot be used; the message says why and what to do.</summary>
public sealed class ResultFolderException(string message) : Exception(message);
