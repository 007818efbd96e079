namespace HmmSim.Conformance.Scripts;

/// <summary>
/// A value for each page of a range: <c>First + i * EachPage + r * EachRepetition</c>, i from the begin of the range.
/// </summary>
/// <param name="First">Of the first page, in the first repetition.</param>
/// <param name="EachPage">Added for each further page.</param>
/// <param name="EachRepetition">Added for each further repetition of the innermost <c>repeat</c>.</param>
public readonly record struct PageValues(ulong First, ulong EachPage, ulong EachRepetition)
{
    /// <summary>The value of a page of the range.</summary>
    public ulong Of(int page, int repetition) =>
        unchecked(First + (EachPage * (ulong)page) + (EachRepetition * (ulong)repetition));
}
