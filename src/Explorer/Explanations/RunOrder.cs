using HmmSim.Explorer.Models;
using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Explanations;

/// <summary>What happens before what in a run of an actor model, and which two of its steps decide by their order.</summary>
internal sealed class RunOrder
{
    private readonly IActorModel _model;
    private readonly Counterexample _run;
    private readonly EventSequence<IActorModel> _events;
    private readonly int[] _enablers;

    private RunOrder(IActorModel model, Counterexample run)
    {
        _model = model;
        _run = run;
        _events = new EventSequence<IActorModel>(model, run.States[0]);
        _enablers = new int[run.Length];
        for (int index = 0; index < run.Length; index++)
        {
            _enablers[index] = _events.EnablerOfNext(run.Transitions[index]);
            _events.Push(run.Transitions[index], run.States[index + 1]);
        }
    }

    public static RunOrder Of(IActorModel model, Counterexample run) => new(model, run);

    /// <summary>The step, from 0, that enabled a step; or <see cref="EventSequence{TModel}.NoEvent"/>.</summary>
    public int EnablerOf(int index) => _enablers[index];

    /// <summary>
    /// The pair of steps that explains the violation best: a message that overtook an earlier one of the same sender, the latest
    /// such pair up to the decisive step; or else what the decisive step itself overtook. Taken in the other order, and with the
    /// rest of the run as far as it is still possible, the property must be kept.
    /// </summary>
    /// <param name="decisive">The step, from 0, after which the property can no longer be kept.</param>
    /// <param name="canKeep">Whether a state can still keep it.</param>
    public Overtaking? FindOvertaking(int decisive, Func<ulong[], bool> canKeep)
    {
        for (int first = decisive; first >= 0; first--)
        {
            for (int second = first + 1; second < _run.Length; second++)
            {
                if (IsOvertakingOfSameSender(first, second) && IsBetter(first, WithoutFollowers(first, second), second, canKeep))
                {
                    return Pair(first, _run.States[second], _run.Transitions[second], second + 1);
                }
            }
        }

        return FindOvertakenBy(decisive, canKeep);
    }

    private Overtaking? FindOvertakenBy(int decisive, Func<ulong[], bool> canKeep)
    {
        int actor = ActorAt(decisive);
        for (int later = decisive + 1; later < _run.Length; later++)
        {
            if (ActorAt(later) == actor && IsBetter(decisive, WithoutFollowers(decisive, later), later, canKeep))
            {
                return Pair(decisive, _run.States[later], _run.Transitions[later], later + 1);
            }
        }

        int[] enabled = new int[_model.MaxEnabled];
        int count = _model.WriteEnabled(_run.States[decisive], enabled);
        foreach (int other in enabled[..count])
        {
            if (other != _run.Transitions[decisive] && _model.ActorOf(other) == actor
                && IsBetter(decisive, [other], _run.Length, canKeep))
            {
                return Pair(decisive, _run.States[decisive], other, null);
            }
        }

        return null;
    }

    private int ActorAt(int index) => _model.ActorOf(_run.Transitions[index]);

    /// <summary>Whether two deliveries to one actor come from the same other actor, which sent the second one first.</summary>
    private bool IsOvertakingOfSameSender(int first, int second)
    {
        int sentFirst = _enablers[first];
        int sentSecond = _enablers[second];
        return ActorAt(first) == ActorAt(second) && sentSecond >= 0 && sentSecond < sentFirst
            && ActorAt(sentFirst) == ActorAt(sentSecond) && ActorAt(sentFirst) != ActorAt(first);
    }

    private Overtaking Pair(int first, ulong[] state, int transition, int? step) => new(
        ActorAt(first),
        _model.DescribeTransition(_run.States[first], _run.Transitions[first]),
        first + 1,
        _model.DescribeTransition(state, transition),
        step);

    /// <summary>The steps behind one up to another that do not happen after it; empty if that other does.</summary>
    private int[] WithoutFollowers(int first, int last)
    {
        HashSet<int> followers = [first];
        List<int> kept = [];
        for (int index = first + 1; index <= last; index++)
        {
            // At the actor of the two only the last step is moved to the front; what else the actor did stays behind.
            bool follows = followers.Contains(_enablers[index])
                || (index != last && followers.Any(follower => ActorAt(follower) == ActorAt(index)));
            if (follows)
            {
                followers.Add(index);
            }
            else
            {
                kept.Add(index);
            }
        }

        return followers.Contains(last) ? [] : [.. kept.Select(index => _run.Transitions[index])];
    }

    /// <summary>
    /// Whether the run with some steps moved in front of one keeps the property, going on with its own steps where they are still
    /// possible.
    /// </summary>
    private bool IsBetter(int step, int[] moved, int last, Func<ulong[], bool> canKeep)
    {
        ulong[] state = [.. _run.States[step]];
        foreach (int transition in (int[])[.. moved, _run.Transitions[step]])
        {
            if (!TryTake(state, transition))
            {
                return false;
            }
        }

        bool isKept = moved.Length > 0 && canKeep(state);
        List<int> rest = [.. moved];
        for (int index = step + 1; index < _run.Length && isKept; index++)
        {
            // Each moved step stands for one of the same process in the rest of the run.
            if ((index > last || !rest.Remove(_run.Transitions[index])) && TryTake(state, _run.Transitions[index]))
            {
                isKept = canKeep(state);
            }
        }

        return isKept;
    }

    private bool TryTake(ulong[] state, int transition)
    {
        int[] enabled = new int[_model.MaxEnabled];
        if (!enabled.AsSpan(0, _model.WriteEnabled(state, enabled)).Contains(transition))
        {
            return false;
        }

        _model.Apply(state, transition);
        return true;
    }
}
