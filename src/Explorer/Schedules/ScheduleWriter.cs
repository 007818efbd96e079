using System.Globalization;
using System.Text;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Schedules;

/// <summary>
/// Schedules as text: a header of <c>key: value</c>, then one line for each step. <see cref="ScheduleParser"/> reads it back.
/// </summary>
public static class ScheduleWriter
{
    /// <summary>The first line; its number is the version of the format.</summary>
    public const string FirstLine = "hmmsim schedule, format 1";

    /// <summary>The text of a schedule.</summary>
    public static string Write(Schedule schedule)
    {
        StringBuilder text = new();
        Line($"{FirstLine}");
        Line($"program: {schedule.Program}");
        Line($"model: {schedule.Configuration.Model}");
        foreach ((string name, string value) in schedule.Configuration.Parameters)
        {
            Line($"parameter {name}: {value}");
        }

        foreach (ActorScript script in schedule.Configuration.Scripts)
        {
            Line($"script {script.Actor}: {string.Join("; ", script.Operations)}");
        }

        Line($"property: {schedule.Property}");
        Line($"engine: {schedule.Engine}");
        Line($"seed: {schedule.Seed}");
        Line($"initial: {schedule.InitialState}");
        ulong[] first = [.. schedule.FirstState];
        Line($"start: hash={StateHash.Of(first):x16} words={Words(first.Select((value, word) => new WordChange(word, value)))}");
        for (int step = 0; step < schedule.Steps.Length; step++)
        {
            ScheduleStep taken = schedule.Steps[step];
            Line($"step {step + 1}: transition={taken.Transition} hash={taken.StateHash:x16} words={Words(taken.Changes)} # {taken.Label}");
        }

        if (schedule.LoopStart is { } begin)
        {
            Line($"loop: {begin}");
        }

        Line($"end: {schedule.Steps.Length} steps");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Words(IEnumerable<WordChange> changes) =>
        string.Join(',', changes.Select(change => string.Create(CultureInfo.InvariantCulture, $"{change.Word}:{change.Value:x}"))
            .DefaultIfEmpty("none"));
}
