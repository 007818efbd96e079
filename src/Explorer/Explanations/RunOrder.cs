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
    /// The step that the decisive step overtook: one of the same actor that might have come first, pending already or sent by a step that does not depend on the
    /// decisive one; if it comes first and the decisive step follows, the property can still be kept.
    /// </summary>
    /// <param name="decisive">The step, from 0, after which the property can no longer be kept.</param>
    /// <param name="canKeep">Whether a state can still keep it.</param>
    public Overtaking? FindOvertaking(int decisive, Func<ulong[], bool> canKeep)
    {
        int actor = _model.ActorOf(_run.Transitions[decisive]);
        for (int later = decisive + 1; later < _run.Length; later++)
        {
            if (_model.ActorOf(_run.Transitions[later]) == actor && IsBetter(decisive, WithoutFollowers(decisive, later), canKeep))
            {
                return Pair(actor, decisive, _run.States[later], _run.Transitions[later], later + 1);
            }
        }

        int[] enabled = new int[_model.MaxEnabled];
        int count = _model.WriteEnabled(_run.States[decisive], enabled);
        foreach (int other in enabled[..count])
        {
            if (other != _run.Transitions[decisive] && _model.ActorOf(other) == actor && IsBetter(decisive, [other], canKeep))
            {
                return Pair(actor, decisive, _run.States[decisive], other, null);
            }
        }

        return null;
    }

    private Overtaking Pair(int actor, int decisive, ulong[] state, int transition, int? step) => new(
        actor,
        _model.DescribeTransition(_run.States[decisive], _run.Transitions[decisive]),
        decisive + 1,
        _model.DescribeTransition(state, transition),
        step);

    /// <summary>The steps behind the decisive one up to another that do not happen after it; empty if that one does.</summary>
    private int[] WithoutFollowers(int decisive, int last)
    {
        HashSet<int> followers = [decisive];
        List<int> kept = [];
        for (int index = decisive + 1; index <= last; index++)
        {
            // At the decisive actor only the last step is moved before the decisive one; what else the actor did stays behind.
            bool follows = followers.Contains(_enablers[index])
                || (index != last && followers.Any(follower => _model.ActorOf(_run.Transitions[follower]) == _model.ActorOf(_run.Transitions[index])));
            if (follows)
            {
                followers.Add(index);
            }
            else
            {
                kept.Add(_run.Transitions[index]);
            }
        }

        return followers.Contains(last) ? [] : [.. kept];
    }

    private bool IsBetter(int decisive, int[] first, Func<ulong[], bool> canKeep)
    {
        ulong[] state = [.. _run.States[decisive]];
        int[] enabled = new int[_model.MaxEnabled];
        foreach (int transition in (int[])[.. first, _run.Transitions[decisive]])
        {
            if (!enabled.AsSpan(0, _model.WriteEnabled(state, enabled)).Contains(transition))
            {
                return false;
            }

            _model.Apply(state, transition);
        }

        return first.Length > 0 && canKeep(state);
    }
}
