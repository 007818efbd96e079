namespace HmmSim.Explorer.Models;

/// <summary>A transition for people.</summary>
/// <param name="Actor">Position of the actor that acts, in <see cref="INarratedModel.ActorNames"/>.</param>
/// <param name="Sender">Position of the actor whose message is delivered; null if the step delivers no message.</param>
/// <param name="Label">The message or the operation.</param>
/// <param name="Locations">Where the modelled program has it, such as functions of the kernel; null if there is nothing to
/// say.</param>
public sealed record StepNarrative(int Actor, int? Sender, string Label, string? Locations = null);
