namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>One value of a preset, written as in a scenario file.</summary>
/// <param name="Key">The key it sets.</param>
/// <param name="Text">Its value.</param>
/// <param name="Source">Where the value comes from: a measurement, a data sheet, or "assumption".</param>
public sealed record PresetValue(string Key, string Text, string Source);
