using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Explanations;

/// <summary>Why a run violates a property, as data that the reports print.</summary>
public sealed record Explanation
{
    /// <summary>The system.</summary>
    public required ModelConfiguration Configuration { get; init; }

    /// <summary>The run.</summary>
    public required Counterexample Run { get; init; }

    /// <summary>Names of the actors, one column each.</summary>
    public required IReadOnlyList<string> Actors { get; init; }

    /// <summary>The steps of the run.</summary>
    public required IReadOnlyList<ExplainedStep> Steps { get; init; }

    /// <summary>The last state as a line of text.</summary>
    public required string LastState { get; init; }

    /// <summary>
    /// The step, from 1, before which the property could still be kept and after which it no longer can; 0 if it never could.
    /// Computed over all states; null if there are too many, or if the run never ends.
    /// </summary>
    public required int? PointOfNoReturn { get; init; }

    /// <summary>What could have been done in place of that step, so that the property could still be kept.</summary>
    public required IReadOnlyList<string> Alternatives { get; init; }

    /// <summary>The two steps whose order decides; null if no such pair was found or the model does not tell actors.</summary>
    public required Overtaking? Overtaking { get; init; }

    /// <summary>The decision in one or two sentences; empty if nothing is known.</summary>
    public string Decision()
    {
        if (Run.LoopStart is { } begin)
        {
            return begin == Run.Length
                ? "The run ends without what was asked for."
                : $"After step {begin} the run repeats steps {begin + 1} to {Run.Length} forever, which is fair, and never gives "
                    + "what was asked for.";
        }

        string point = PointOfNoReturn switch
        {
            null => "",
            0 => "Every run of this system violates the property.",
            { } step => $"Before step {step} the property could still be kept; after it, '{Steps[step - 1].Label}', it cannot.",
        };
        string pair = Overtaking is not { } found ? ""
            : $" '{found.First}' (step {found.FirstStep}) overtook '{found.Second}' "
                + $"({(found.SecondStep is { } second ? $"step {second}" : "not delivered")}) at "
                + $"{Actors[found.Actor]}: in the other order the property is kept.";
        return (point + pair).Trim();
    }
}
