namespace HmmSim.Explorer.Runs;

/// <summary>
/// The random numbers of the engines that sample runs: SplitMix64 (Steele, Lea, Flood 2014), so that a seed gives the same runs
/// on every machine and with every version of the runtime.
/// </summary>
internal struct SplitMix(ulong seed)
{
    private const ulong GoldenGamma = 0x9e3779b97f4a7c15;
    private ulong _state = seed;

    /// <summary>The stream of one run; streams of different runs of one seed have nothing to do with each other.</summary>
    public static SplitMix OfRun(ulong seed, long run)
    {
        SplitMix seeds = new(seed);
        ulong first = seeds.Next();
        return new SplitMix(new SplitMix(first + (ulong)run).Next());
    }

    /// <summary>A random word.</summary>
    public ulong Next()
    {
        _state += GoldenGamma;
        ulong value = _state;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }

    /// <summary>A number from 0 to below <paramref name="limit"/>; each as likely as the others to within 2^-32.</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>Puts values into a random order.</summary>
    public void Shuffle(Span<int> values)
    {
        for (int count = values.Length; count > 1; count--)
        {
            int chosen = Below(count);
            (values[chosen], values[count - 1]) = (values[count - 1], values[chosen]);
        }
    }
}
