using System.Collections.Immutable;

namespace HmmSim.Explorer.Schedules;

/// <summary>One step of a <see cref="Schedule"/>.</summary>
/// <param name="Transition">The transition taken.</param>
/// <param name="StateHash">The <see cref="Models.StateHash"/> of the state after it.</param>
/// <param name="Changes">The words of the state that it changed, in order, with their new values.</param>
/// <param name="Label">The step for people; not compared.</param>
public sealed record ScheduleStep(int Transition, ulong StateHash, ImmutableArray<WordChange> Changes, string Label);
