using CsCheck;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>
/// The same random values on every run: a scenario in which two devices rob each other of a page for ever is a known limit, and shall not stop a
/// build by chance. Runs that look for new ones draw anew (<c>HMMSIM_CHECKED_RUNS</c>).
/// </summary>
internal static class FixedSamples
{
    /// <summary>The first values of a generator.</summary>
    public static IEnumerable<T> First<T>(this Gen<T> values, int count) =>
        Enumerable.Range(1, count).Select(number => values.Generate(new PCG((uint)number, (ulong)number), null, out _));
}
