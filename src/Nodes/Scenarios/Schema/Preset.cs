using System.Collections.Immutable;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>Values of a real product that a section takes over by name; what the file itself gives wins.</summary>
/// <param name="Name">The word in the file.</param>
/// <param name="Meaning">Which product it stands for.</param>
/// <param name="Values">The keys it sets.</param>
public sealed record Preset(string Name, string Meaning, ImmutableArray<PresetValue> Values);
