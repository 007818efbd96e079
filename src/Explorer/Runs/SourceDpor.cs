using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Runs;

/// <summary>
/// Dynamic partial-order reduction with source sets and sleep sets (Abdulla, Aronis, Jonsson, Sagonas: "Optimal dynamic partial
/// order reduction", POPL 2014, Source-DPOR), for actors: goes through at least one run of each Mazurkiewicz trace, that is, of
/// each choice of one order of events per actor, and remembers no states.
/// </summary>
/// <remarks>
/// <para>Preserved are deadlocks, terminal states, and every property of one actor. <b>Not</b> preserved are properties that look
/// at several actors at one instant: they are checked in the states met, but those of other interleavings of the same trace are
/// not. Use <see cref="Search.BreadthFirstSearch"/> for them, or make them local (a version number carried by the data).</para>
/// <para>All runs of the model must end. Sound only if transitions of different actors are independent, see <see
/// cref="IndependenceAudit"/>.</para>
/// </remarks>
public static class SourceDpor
{
    /// <summary>Explores with the options' default.</summary>
    public static SourceDporResult Run<TModel>(TModel model)
        where TModel : IActorModel => Run(model, new SourceDporOptions());

    /// <summary>Goes through runs until every trace is covered, a violation is met or a limit is reached.</summary>
    /// <exception cref="ArgumentException">The model has more than 128 transitions or more than one initial state, or an option
    /// is outside its range.</exception>
    public static SourceDporResult Run<TModel>(TModel model, SourceDporOptions options)
        where TModel : IActorModel
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRuns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxSteps, 1);
        return model.TransitionCount > ProcessSet.MaxProcesses
            ? throw new ArgumentException(
                $"the model has {model.TransitionCount} transitions, expected at most {ProcessSet.MaxProcesses}", nameof(model))
            : model.InitialStateCount != 1
            ? throw new ArgumentException(
                $"the model has {model.InitialStateCount} initial states, expected 1: explore them one by one", nameof(model))
            : new SourceDporExploration<TModel>(model, options).Run();
    }
}
