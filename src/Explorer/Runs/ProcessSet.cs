namespace HmmSim.Explorer.Runs;

/// <summary>A set of at most 128 processes, each named by its transition number.</summary>
internal readonly record struct ProcessSet(UInt128 Bits)
{
    public const int MaxProcesses = 128;

    public bool IsEmpty => Bits == 0;

    /// <summary>The smallest member of a set that is not empty.</summary>
    public int First => (int)UInt128.TrailingZeroCount(Bits);

    public bool Contains(int process) => ((Bits >> process) & 1) != 0;

    public ProcessSet With(int process) => new(Bits | (UInt128.One << process));

    public ProcessSet Except(ProcessSet other) => new(Bits & ~other.Bits);

    public bool Overlaps(ProcessSet other) => (Bits & other.Bits) != 0;
}
