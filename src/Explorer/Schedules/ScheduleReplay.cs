using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Liveness;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Schedules;

/// <summary>
/// Makes the run of a schedule again on the model and compares the state after every step. Stops at the first difference.
/// </summary>
public static class ScheduleReplay
{
    /// <summary>Replays on the model that the schedule names.</summary>
    /// <exception cref="ConfigurationException">There is no such model.</exception>
    public static ReplayResult Run(Schedule schedule, ModelRegistry models) =>
        Run(schedule, models.Create(schedule.Configuration));

    /// <summary>Replays on a model.</summary>
    public static ReplayResult Run(Schedule schedule, IModel model)
    {
        if (schedule.FirstState.Length != model.StateWords)
        {
            return Diverged(0, $"the recorded states have {schedule.FirstState.Length} words, those of the model "
                + $"{model.StateWords}", []);
        }

        if (schedule.InitialState >= model.InitialStateCount)
        {
            return Diverged(0, $"the model has {model.InitialStateCount} initial states, so none with number "
                + $"{schedule.InitialState}", []);
        }

        ulong[] state = new ulong[model.StateWords];
        int[] enabled = new int[model.MaxEnabled];
        model.WriteInitialState(schedule.InitialState, state);
        List<ulong[]> states = [[.. state]];
        List<ulong[]> recorded = [.. schedule.States()];
        if (!state.AsSpan().SequenceEqual(recorded[0]))
        {
            return Diverged(0, "the initial state is not the recorded one", StateDifference.Of(model, recorded[0], state));
        }

        for (int step = 0; step < schedule.Steps.Length; step++)
        {
            ScheduleStep taken = schedule.Steps[step];
            int[] here = enabled[..model.WriteEnabled(state, enabled)];
            if (!here.Contains(taken.Transition))
            {
                string instead = string.Join(", ", here.Select(transition => $"'{model.DescribeTransition(state, transition)}'")
                    .DefaultIfEmpty("nothing"));
                return Diverged(step, $"'{taken.Label}' is not enabled; enabled is {instead}", []);
            }

            model.Apply(state, taken.Transition);
            states.Add([.. state]);
            if (StateHash.Of(state) != taken.StateHash)
            {
                string hashes = $"the state after '{taken.Label}' has the hash {StateHash.Of(state):x16}, recorded is "
                    + $"{taken.StateHash:x16}";
                return Diverged(step, hashes, StateDifference.Of(model, recorded[step + 1], state));
            }
        }

        return Judge(schedule, model, states);
    }

    private static ReplayResult Judge(Schedule schedule, IModel model, List<ulong[]> states)
    {
        int[] transitions = [.. schedule.Steps.Select(step => step.Transition)];
        int length = transitions.Length;
        if (schedule.LoopStart is { } begin)
        {
            Counterexample lasso = ResponseSearch.LassoOf(states, transitions, schedule.InitialState, begin, schedule.Property);
            string? objection = model is IResponseModel response
                ? LassoCheck.FindObjection(response, lasso)
                : "the model has no response properties";
            return objection is null
                ? Reproduced(schedule,
                    lasso with { Property = ((IResponseModel)model).Responses.ToList().IndexOf(schedule.Property) })
                : new ReplayResult(ReplayOutcome.NotViolated, length,
                    $"the run is the recorded one, but it does not violate '{schedule.Property}': {objection}", [], null);
        }

        ulong[] last = states[^1];
        bool isTerminal = model.WriteEnabled(last, new int[model.MaxEnabled]) == 0
            && model.FindViolation(last) == ModelProperty.None;
        int property = isTerminal ? model.FindTerminalViolation(last) : model.FindViolation(last);
        return property != ModelProperty.None && model.Properties[property] == schedule.Property
            ? Reproduced(schedule, Counterexample.Replay(model, schedule.InitialState, transitions, isTerminal))
            : new ReplayResult(
                ReplayOutcome.NotViolated,
                length,
                "the run is the recorded one, but it violates "
                    + $"{(property == ModelProperty.None ? "nothing" : $"'{model.Properties[property]}'")}, not '{schedule.Property}'",
                [],
                null);
    }

    private static ReplayResult Reproduced(Schedule schedule, Counterexample run) =>
        new(ReplayOutcome.Reproduced, run.Length,
            $"all {run.Length} steps went as recorded; the run violates '{schedule.Property}'", [], run);

    private static ReplayResult Diverged(int step, string message, IReadOnlyList<string> differences) =>
        new(ReplayOutcome.Diverged, step, $"after {step} steps as recorded: {message}", differences, null);
}
