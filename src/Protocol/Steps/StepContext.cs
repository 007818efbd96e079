using HmmSim.Protocol.Time;

namespace HmmSim.Protocol.Steps;

/// <summary>What a step may know of the world besides its own state and the message.</summary>
/// <param name="Now">The virtual time at which the step acts.</param>
public readonly record struct StepContext(VirtualTime Now);
