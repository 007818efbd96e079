namespace HmmSim.Races.Models;

/// <summary>
/// Where each thread is, packed into a word: for each its position, what it waits for, and which of its step's operations is in progress; and
/// how many operations have begun.
/// </summary>
internal static class ThreadWord
{
    /// <summary>The most threads.</summary>
    public const int MaxThreads = 6;

    /// <summary>The most steps of a script.</summary>
    public const int MaxSteps = 31;

    /// <summary>The most operations that a step of a processor may choose from.</summary>
    public const int MaxProcessorChoices = 3;

    private const int BitsPerThread = 9;
    private const ulong PositionMask = 0x1f;
    private const int WaitShift = 5;
    private const int ChoiceShift = 7;
    private const int BegunShift = MaxThreads * BitsPerThread;

    /// <summary>The step a thread is at.</summary>
    public static int Position(ulong word, int thread) => (int)((word >> (thread * BitsPerThread)) & PositionMask);

    /// <summary>What a thread waits for.</summary>
    public static ThreadWait Wait(ulong word, int thread) => (ThreadWait)((word >> ((thread * BitsPerThread) + WaitShift)) & 3);

    /// <summary>Which operation of its step a thread has begun; -1 if none. An access may be tried several times.</summary>
    public static int Choice(ulong word, int thread) => (int)((word >> ((thread * BitsPerThread) + ChoiceShift)) & 3) - 1;

    /// <summary>Operations that have begun, all threads together.</summary>
    public static int Begun(ulong word) => (int)(word >> BegunShift);

    /// <summary>A thread's operation begins. Of processes the choice need not be known later.</summary>
    public static ulong Begin(ulong word, int thread, int choice) =>
        (word | ((ulong)(choice + 1) << ((thread * BitsPerThread) + ChoiceShift))) + (1UL << BegunShift);

    /// <summary>The same with threads named anew.</summary>
    /// <param name="word">The word.</param>
    /// <param name="threads">The new number of each thread.</param>
    public static ulong Renamed(ulong word, ReadOnlySpan<int> threads)
    {
        const ulong OneThread = (1UL << BitsPerThread) - 1;
        ulong renamed = word >> BegunShift << BegunShift;
        for (int thread = 0; thread < threads.Length; thread++)
        {
            renamed |= ((word >> (thread * BitsPerThread)) & OneThread) << (threads[thread] * BitsPerThread);
        }

        return renamed;
    }

    /// <summary>A thread waits, or waits no more.</summary>
    public static ulong SetWait(ulong word, int thread, ThreadWait wait)
    {
        int shift = (thread * BitsPerThread) + WaitShift;
        return (word & ~(3UL << shift)) | ((ulong)wait << shift);
    }

    /// <summary>A thread's operation is over.</summary>
    public static ulong Pass(ulong word, int thread)
    {
        ulong passed = SetWait(word, thread, ThreadWait.Nothing) + (1UL << (thread * BitsPerThread));
        return passed & ~(3UL << ((thread * BitsPerThread) + ChoiceShift));
    }
}
