using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Explanations;

/// <summary>
/// Explains a run that violates a property: what each step does, where the decision fell, and which two messages came in the
/// wrong order.
/// </summary>
public static class Explainer
{
    /// <summary>Explains a run.</summary>
    /// <param name="model">The model.</param>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="run">A run of it that violates a property.</param>
    /// <param name="maxStates">The most states for which the point of no return is computed.</param>
    /// <param name="cancellation">Ends the computation of the point of no return.</param>
    public static Explanation Explain(
        IModel model,
        ModelConfiguration configuration,
        Counterexample run,
        long maxStates = 1_000_000,
        CancellationToken cancellation = default)
    {
        RunOrder? order = model is IActorModel actors ? RunOrder.Of(actors, run) : null;
        Avoidance? avoidance = AvoidanceOf(model, run, maxStates, cancellation);
        int? point = avoidance is null ? null : run.States.TakeWhile(state => avoidance.CanKeep(state)).Count();
        int step = (point ?? 0) - 1;
        return new Explanation
        {
            Configuration = configuration,
            Run = run,
            Actors = (model as INarratedModel)?.ActorNames ?? ["model"],
            Steps = [.. Enumerable.Range(0, run.Length).Select(index => StepOf(model, run, index, order))],
            LastState = model.DescribeState(run.States[^1]),
            PointOfNoReturn = point,
            Alternatives = step < 0 ? [] : [.. AlternativesTo(model, run, step, avoidance!)],
            Overtaking = step < 0 || order is null ? null : order.FindOvertaking(step, state => avoidance!.CanKeep(state)),
        };
    }

    private static Avoidance? AvoidanceOf(IModel model, Counterexample run, long maxStates, CancellationToken cancellation)
    {
        try
        {
            return run.LoopStart is not null
                ? null
                : Avoidance.Of(new FocusedModel(model, run.Property), maxStates, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static ExplainedStep StepOf(IModel model, Counterexample run, int index, RunOrder? order)
    {
        ulong[] before = run.States[index];
        ulong[] after = run.States[index + 1];
        int? enabler = order?.EnablerOf(index) is { } earlier && earlier >= 0 ? earlier + 1 : null;
        if (model is not INarratedModel narrated)
        {
            return new ExplainedStep(
                index + 1, 0, null, enabler, model.DescribeTransition(before, run.Transitions[index]), null,
                [new FieldChange(0, "state", model.DescribeState(before), model.DescribeState(after))]);
        }

        StepNarrative step = narrated.NarrateStep(before, run.Transitions[index]);
        FieldChange[] changes =
            [.. StateDifference.Changes(narrated, before, after)
                .Select(change => new FieldChange(change.After.Actor, change.After.Name, change.Before, change.After.Value))];
        return new ExplainedStep(index + 1, step.Actor, step.Sender, enabler, step.Label, step.Locations, changes);
    }

    private static IEnumerable<string> AlternativesTo(IModel model, Counterexample run, int step, Avoidance avoidance)
    {
        ulong[] before = run.States[step];
        int[] enabled = new int[model.MaxEnabled];
        int count = model.WriteEnabled(before, enabled);
        foreach (int transition in enabled[..count])
        {
            ulong[] after = [.. before];
            model.Apply(after, transition);
            if (avoidance.CanKeep(after))
            {
                yield return model.DescribeTransition(before, transition);
            }
        }
    }
}
