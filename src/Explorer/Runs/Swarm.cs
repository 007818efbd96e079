using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Runs;

/// <summary>
/// Many small samplings instead of one: each member draws its own strategy, depth, limit of steps and a set of transitions that
/// it avoids (Holzmann, Joshi, Groce: "Swarm verification techniques", 2011). What one way of choosing never meets, another may.
/// </summary>
public static class Swarm
{
    /// <summary>The members of a swarm, the same for the same seed.</summary>
    public static IReadOnlyList<SwarmMember> MembersOf(IModel model, SwarmOptions options)
    {
        options.Validate();
        return [.. Enumerable.Range(0, options.Members).Select(number => Draw(model, options, number))];
    }

    /// <summary>
    /// Lets the members sample. The result is that of the lowest member that finds a violation, for any number of threads.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static SwarmResult Run(IModel model, SwarmOptions options)
    {
        IReadOnlyList<SwarmMember> members = MembersOf(model, options);
        RunSamplerResult?[] results = new RunSamplerResult?[members.Count];
        int found = int.MaxValue;
        Parallel.For(0, members.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Workers }, number =>
        {
            // A member above one that has found something cannot change the result.
            if (number < Volatile.Read(ref found))
            {
                RunSamplerResult result =
                    RunSampler.Run(new AvoidingModel(model, members[number].Avoided), members[number].Options);
                results[number] = result;
                for (int known = Volatile.Read(ref found); result.Outcome == RunOutcome.Violated
                    && number < known; known = Volatile.Read(ref found))
                {
                    Interlocked.CompareExchange(ref found, number, known);
                }
            }
        });
        int last = Math.Min(found, members.Count - 1);
        RunSamplerResult[] counted = [.. results.Take(last + 1).Select(result => result!)];
        return new SwarmResult(
            counted[^1] with
            {
                Outcome = found < members.Count ? RunOutcome.Violated
                    : Array.Exists(counted, result => result.Outcome == RunOutcome.Cancelled) ? RunOutcome.Cancelled
                    : RunOutcome.RunLimit,
                Runs = counted.Sum(result => result.Runs),
                BrokenOffRuns = counted.Sum(result => result.BrokenOffRuns),
                Steps = counted.Sum(result => result.Steps),
                LongestRun = counted.Max(result => result.LongestRun),
            },
            found < members.Count ? members[found] : null);
    }

    private static SwarmMember Draw(IModel model, SwarmOptions options, int number)
    {
        SplitMix random = SplitMix.OfRun(options.Seed, number);
        SamplingStrategy[] strategies = [.. Enum.GetValues<SamplingStrategy>()
            .Where(strategy => strategy != SamplingStrategy.PartialOrder || model is IActorModel)];
        SamplingStrategy strategy = strategies[random.Below(strategies.Length)];
        int depth = 1 + random.Below(6);
        // Half of the members go all the way; the others stop earlier and so try more beginnings in the same time.
        int steps = options.MaxSteps >> Math.Max(0, random.Below(6) - 2);
        int share = random.Below(4);
        List<int> avoided = [];
        for (int transition = 0; transition < model.TransitionCount; transition++)
        {
            if (random.Below(8) < share)
            {
                avoided.Add(transition);
            }
        }

        RunSamplerOptions sampling = new()
        {
            Strategy = strategy,
            BugDepth = depth,
            MaxSteps = Math.Max(1, steps),
            Runs = options.RunsPerMember,
            Seed = random.Next(),
            Cancellation = options.Cancellation,
        };
        return new SwarmMember(number, sampling, avoided);
    }
}
