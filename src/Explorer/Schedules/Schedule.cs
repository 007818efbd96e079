using System.Collections.Immutable;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Schedules;

/// <summary>
/// A run of a model as plain data: enough to make it again, and to tell at each step whether it still is the same run. It holds
/// the recorded states too, as the words that each step changed, so that a divergence can be shown and not only noticed.
/// </summary>
public sealed record Schedule
{
    /// <summary>Version of the program that found the run.</summary>
    public required string Program { get; init; }

    /// <summary>The model.</summary>
    public required ModelConfiguration Configuration { get; init; }

    /// <summary>Name of the property that the run violates.</summary>
    public required string Property { get; init; }

    /// <summary>The engine that found it.</summary>
    public required string Engine { get; init; }

    /// <summary>The seed of that engine.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Position of the initial state.</summary>
    public required int InitialState { get; init; }

    /// <summary>The words of the initial state.</summary>
    public required ImmutableArray<ulong> FirstState { get; init; }

    /// <summary>The steps in order.</summary>
    public required ImmutableArray<ScheduleStep> Steps { get; init; }

    /// <summary>For a run that never ends: the number of steps before its cycle.</summary>
    public int? LoopStart { get; init; }

    /// <summary>Records a run.</summary>
    public static Schedule Of(
        IModel model,
        ModelConfiguration configuration,
        Counterexample run,
        string engine,
        ulong seed,
        string program) => new()
    {
        Program = program,
        Configuration = configuration,
        Property = run.PropertyName,
        Engine = engine,
        Seed = seed,
        InitialState = run.InitialState,
        FirstState = [.. run.States[0]],
        Steps = [.. Enumerable.Range(0, run.Length).Select(step => StepOf(model, run, step))],
        LoopStart = run.LoopStart,
    };

    /// <summary>The recorded states, one more than steps.</summary>
    public IEnumerable<ulong[]> States()
    {
        ulong[] state = [.. FirstState];
        yield return [.. state];
        foreach (ScheduleStep step in Steps)
        {
            foreach (WordChange change in step.Changes)
            {
                state[change.Word] = change.Value;
            }

            yield return [.. state];
        }
    }

    private static ScheduleStep StepOf(IModel model, Counterexample run, int step)
    {
        ulong[] before = run.States[step];
        ulong[] after = run.States[step + 1];
        return new ScheduleStep(
            run.Transitions[step],
            StateHash.Of(after),
            [.. Enumerable.Range(0, after.Length).Where(word => before[word] != after[word])
                .Select(word => new WordChange(word, after[word]))],
            model.DescribeTransition(before, run.Transitions[step]));
    }
}
