using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Runs;

/// <summary>
/// Goes through random runs of a model and checks every state on the way: for models whose states are too many to visit.
/// </summary>
/// <remarks>It remembers no state, so its memory is one run, and finding nothing proves nothing.</remarks>
public static class RunSampler
{
    /// <summary>Makes runs until one violates a property, all are made or the sampling is cancelled.</summary>
    /// <exception cref="ArgumentException">An option is outside its range, or the strategy needs more than the model
    /// tells.</exception>
    public static RunSamplerResult Run<TModel>(TModel model, RunSamplerOptions options)
        where TModel : IModel
    {
        options.Validate();
        return options.Strategy switch
        {
            SamplingStrategy.RandomWalk => Sample(model, options, new UniformChooser()),
            SamplingStrategy.PriorityChanges =>
                Sample(model, options, new PriorityChooser(model.TransitionCount, options.BugDepth)),
            SamplingStrategy.PartialOrder => model is IActorModel actors
                ? Sample(model, options,
                    new PartialOrderChooser([.. Enumerable.Range(0, model.TransitionCount).Select(actors.ActorOf)]))
                : throw new ArgumentException(
                    "partial-order sampling needs a model that tells the actors of its transitions (IActorModel)", nameof(model)),
            SamplingStrategy.RandomDelays =>
                Sample(model, options, new DelayChooser(model.TransitionCount, options.BugDepth - 1)),
        };
    }

    private static RunSamplerResult Sample<TModel, TChooser>(TModel model, RunSamplerOptions options, TChooser chooser)
        where TModel : IModel
        where TChooser : ITransitionChooser
    {
        ulong[] state = new ulong[model.StateWords];
        int[] enabled = new int[model.MaxEnabled];
        List<int> transitions = [];
        long steps = 0;
        long brokenOff = 0;
        int longest = 1;
        for (long run = 0; run < options.Runs; run++)
        {
            if (options.Cancellation.IsCancellationRequested)
            {
                return Result(RunOutcome.Cancelled, run, null);
            }

            SplitMix random = SplitMix.OfRun(options.Seed, run);
            int initial = random.Below(model.InitialStateCount);
            chooser.BeginRun(random, longest);
            model.WriteInitialState(initial, state);
            transitions.Clear();
            int count;
            while (model.FindViolation(state) == ModelProperty.None && (count = model.WriteEnabled(state, enabled)) > 0
                && transitions.Count < options.MaxSteps)
            {
                int transition = chooser.Choose(enabled.AsSpan(0, count), transitions.Count);
                model.Apply(state, transition);
                transitions.Add(transition);
            }

            steps += transitions.Count;
            longest = Math.Max(longest, transitions.Count);
            bool isViolated = model.FindViolation(state) != ModelProperty.None;
            bool isTerminal = !isViolated && model.WriteEnabled(state, enabled) == 0;
            if (isViolated || (isTerminal && model.FindTerminalViolation(state) != ModelProperty.None))
            {
                return Result(RunOutcome.Violated, run + 1, Counterexample.Replay(model, initial, transitions, isTerminal));
            }

            brokenOff += isTerminal ? 0 : 1;
        }

        return Result(RunOutcome.RunLimit, options.Runs, null);

        RunSamplerResult Result(RunOutcome outcome, long runs, Counterexample? counterexample) => new()
        {
            Outcome = outcome,
            Runs = runs,
            BrokenOffRuns = brokenOff,
            Steps = steps,
            LongestRun = steps == 0 ? 0 : longest,
            Counterexample = counterexample,
        };
    }
}
