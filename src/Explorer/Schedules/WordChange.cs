namespace HmmSim.Explorer.Schedules;

/// <summary>A word of a state and its new value.</summary>
/// <param name="Word">Its position in the state.</param>
/// <param name="Value">Its value from now on.</param>
public readonly record struct WordChange(int Word, ulong Value);
