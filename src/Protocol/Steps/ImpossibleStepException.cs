using HmmSim.Protocol.Messages;

namespace HmmSim.Protocol.Steps;

/// <summary>
/// A message met a state in which the protocol says it cannot arrive: a bug of the protocol, never of its input. The text names
/// state, message, transaction and time; whoever runs the simulation adds the seed.
/// </summary>
public sealed class ImpossibleStepException(string machine, string state, Message message)
    : InvalidOperationException($"{machine}: impossible in state [{state}]: {message}")
{
    /// <summary>The message that could not be.</summary>
    public Message StepMessage { get; } = message;
}
