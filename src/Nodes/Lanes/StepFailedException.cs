using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

/// <summary>An actor threw while it handled a message. The run has stopped there; no supervisor was asked.</summary>
/// <param name="actor">Path of the actor.</param>
/// <param name="time">Virtual time of the step.</param>
/// <param name="step">What the actor was handling, for the text.</param>
/// <param name="cause">What the actor threw.</param>
public sealed class StepFailedException(string actor, VirtualTime time, string step, Exception cause)
    : Exception($"{actor} failed at {time} while handling {step}: {cause.Message}", cause)
{
    /// <summary>Path of the actor, such as <c>/user/lane-0/gpu0</c>.</summary>
    public string Actor { get; } = actor;

    /// <summary>Virtual time of the step.</summary>
    public VirtualTime Time { get; } = time;
}
