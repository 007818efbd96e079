namespace HmmSim.Nodes.Lanes;

/// <summary>A failed step with its place in the total order, so that of several lanes' failures the earliest is reported.</summary>
internal sealed record StepFailure(StepFailedException Exception, uint Source, ulong Sequence) : IComparable<StepFailure>
{
    public int CompareTo(StepFailure? other) => other is null
        ? -1
        : (Exception.Time, Source, Sequence).CompareTo((other.Exception.Time, other.Source, other.Sequence));
}
