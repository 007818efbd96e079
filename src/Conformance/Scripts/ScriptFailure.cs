namespace HmmSim.Conformance.Scripts;

/// <summary>A step that did not answer what it must.</summary>
/// <param name="Line">Line of the step, from 1.</param>
/// <param name="Step">The word of the step, and the page where it goes page by page.</param>
/// <param name="Expected">What it must answer.</param>
/// <param name="Actual">What it answered.</param>
public sealed record ScriptFailure(long Line, string Step, string Expected, string Actual)
{
    /// <summary>The failure in one line.</summary>
    public override string ToString() => $"line {Line}: {Step} answered {Actual} (expected {Expected})";
}
