namespace HmmSim.Explorer.Explanations;

/// <summary>A step of an explained run.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Actor">Position of the actor that acts, in <see cref="Explanation.Actors"/>.</param>
/// <param name="Sender">Position of the actor whose message is delivered, or null.</param>
/// <param name="EnabledBy">The step that sent the message or let the script go on; null if it was possible from the start or the
/// model does not tell.</param>
/// <param name="Label">The message or operation.</param>
/// <param name="Locations">Where the modelled program has it, or null.</param>
/// <param name="Changes">The variables that change.</param>
public sealed record ExplainedStep(
    int Number,
    int Actor,
    int? Sender,
    int? EnabledBy,
    string Label,
    string? Locations,
    IReadOnlyList<FieldChange> Changes);
