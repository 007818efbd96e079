namespace HmmSim.Conformance.Scripts;

/// <summary>Pages of a buffer.</summary>
/// <param name="First">The first, from the begin of the buffer.</param>
/// <param name="Count">How many, at least 1.</param>
public readonly record struct PageRange(int First, int Count)
{
    /// <summary>As it is written: <c>3</c> or <c>0..5</c>.</summary>
    public override string ToString() => Count == 1 ? $"{First}" : $"{First}..{First + Count - 1}";
}
