namespace HmmSim.Cli;

/// <summary>The folder of the reports cannot be used; the message says why and what to do.</summary>
public sealed class ReportFolderException(string message) : Exception(message);
