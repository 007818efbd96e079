namespace HmmSim.Explorer.Explorations;

/// <summary>
/// An engine cannot explore a model: the model does not tell what the engine needs. The message says what that is.
/// </summary>
public sealed class EngineException(string message) : Exception(message);
