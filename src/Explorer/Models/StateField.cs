namespace HmmSim.Explorer.Models;

/// <summary>A variable of an actor in one state.</summary>
/// <param name="Actor">Position of the actor in <see cref="INarratedModel.ActorNames"/>.</param>
/// <param name="Name">Name of the variable, unique within the actor.</param>
/// <param name="Value">Its value; empty where it has nothing to say.</param>
public sealed record StateField(int Actor, string Name, string Value);
