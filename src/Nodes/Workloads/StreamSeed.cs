namespace HmmSim.Nodes.Workloads;

/// <summary>
/// Derives the seeds of streams from the seed of a scenario by a hash that is ours, so it never changes under us.
/// </summary>
public static class StreamSeed
{
    /// <summary>The seed that all warps of a workload share.</summary>
    public static ulong Of(ulong scenarioSeed, string name)
    {
        // FNV-1a over UTF-16 code units, keyed and finished by a full mix: FNV alone leaves the high bits of short names alike.
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (var unit in name)
        {
            hash = (hash ^ unit) * 0x100_0000_01B3;
        }

        return SplitMix64.Mix(SplitMix64.Mix(hash) ^ scenarioSeed);
    }

    /// <summary>The seed of one warp of a workload.</summary>
    public static ulong Of(ulong scenarioSeed, string name, int warp) =>
        SplitMix64.Mix(Of(scenarioSeed, name) + (((ulong)(uint)warp + 1) * 0xD1B5_4A32_D192_ED03));
}
