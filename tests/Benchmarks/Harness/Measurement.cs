using System.Diagnostics;

namespace HmmSim.Benchmarks.Harness;

/// <summary>Result of one measured run.</summary>
/// <param name="Items">How many items (events, messages) were handled.</param>
/// <param name="Elapsed">Wall-clock time.</param>
/// <param name="AllocatedBytes">What was allocated meanwhile, on all threads.</param>
/// <param name="Hash">Digest of the work; contenders that do the same work must show the same one.</param>
internal readonly record struct Measurement(long Items, TimeSpan Elapsed, long AllocatedBytes, ulong Hash)
{
    public double RatePerSecond => Items / Elapsed.TotalSeconds;

    public double BytesPerItem => (double)AllocatedBytes / Items;

    /// <summary>Clocks <paramref name="work"/>, which returns the number of items and the hash.</summary>
    public static Measurement Of(Func<(long Items, ulong Hash)> work)
    {
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long begin = Stopwatch.GetTimestamp();
        (long items, ulong hash) = work();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        return new Measurement(items, elapsed, GC.GetTotalAllocatedBytes(precise: true) - allocated, hash);
    }
}
