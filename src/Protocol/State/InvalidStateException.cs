namespace HmmSim.Protocol.State;

/// <summary>Saved bytes are no state of a machine.</summary>
/// <param name="found">What was found instead.</param>
public sealed class InvalidStateException(string found) : Exception($"saved state is damaged: {found}");
