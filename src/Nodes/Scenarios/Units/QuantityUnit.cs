namespace HmmSim.Nodes.Scenarios.Units;

/// <summary>
/// One unit as it is written after a number: <paramref name="Numerator"/> / <paramref name="Denominator"/> base units (bytes,
/// bytes per second, picoseconds). Only bit rates need a denominator other than 1.
/// </summary>
public readonly record struct QuantityUnit(string Name, long Numerator, long Denominator = 1);
