namespace HmmSim.Races.Models;

/// <summary>The values that processes store: each store of a script its own, from 1 on; 0 is what a page holds that nobody has stored to.</summary>
internal static class StoredValue
{
    /// <summary>The value that a thread stores at a step of its script. The setup counts as a last thread with a script of any length.</summary>
    public static byte Of(int thread, int step) => (byte)(1 + (thread * ThreadWord.MaxSteps) + step);

    /// <summary>The thread that stores a value above 0.</summary>
    public static int ThreadOf(ulong value) => (int)Math.Min((value - 1) / ThreadWord.MaxSteps, int.MaxValue);

    /// <summary>The value that another thread stores at the same step.</summary>
    public static ulong OfOther(ulong value, int thread) => 1 + ((ulong)thread * ThreadWord.MaxSteps) + ((value - 1) % ThreadWord.MaxSteps);
}
