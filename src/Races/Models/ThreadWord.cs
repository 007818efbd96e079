namespace HmmSim.Races.Models;

/// <summary>Where each thread is, packed into a word: eight bits a thread, and how many operations have begun.</summary>
internal static class ThreadWord
{
    /// <summary>The most threads.</summary>
    public const int MaxThreads = 7;

    /// <summary>The most steps of a script.</summary>
    public const int MaxSteps = 31;

    private const int BitsPerThread = 8;
    private const ulong PositionMask = 0x1f;
    private const int WaitsShift = 5;
    private const int BegunShift = MaxThreads * BitsPerThread;

    /// <summary>The step a thread is at.</summary>
    public static int Position(ulong word, int thread) => (int)((word >> (thread * BitsPerThread)) & PositionMask);

    /// <summary>What a thread waits for.</summary>
    public static ThreadWait Wait(ulong word, int thread) => (ThreadWait)((word >> ((thread * BitsPerThread) + WaitsShift)) & 3);

    /// <summary>Operations that have begun, all threads together.</summary>
    public static int Begun(ulong word) => (int)(word >> BegunShift);

    /// <summary>One more operation has begun.</summary>
    public static ulong CountBegun(ulong word) => word + (1UL << BegunShift);

    /// <summary>A thread waits, or waits no more.</summary>
    public static ulong SetWait(ulong word, int thread, ThreadWait wait)
    {
        int shift = (thread * BitsPerThread) + WaitsShift;
        return (word & ~(3UL << shift)) | ((ulong)wait << shift);
    }

    /// <summary>A thread's operation is over.</summary>
    public static ulong Pass(ulong word, int thread) => SetWait(word, thread, ThreadWait.Nothing) + (1UL << (thread * BitsPerThread));
}
