using HmmSim.Explorer.Models;
using static HmmSim.Explorer.Samples.GermanLayout;

namespace HmmSim.Explorer.Samples;

/// <summary>What every state of <see cref="GermanModel"/> must keep.</summary>
internal static class GermanInvariants
{
    /// <summary>The first violated property, control before data.</summary>
    public static int FindViolation(ReadOnlySpan<ulong> state, int nodes)
    {
        uint global = (uint)state[^1];
        uint latest = Pair(global, LatestShift);
        int exclusives = 0;
        int copies = 0;
        bool stale = !Flag(global, ExclusiveGrantedShift) && Pair(global, MemoryShift) != latest;
        for (int node = 0; node < nodes; node++)
        {
            uint bits = GetNode(state, node);
            uint cache = Pair(bits, CacheShift);
            if (cache != Invalid)
            {
                copies++;
                exclusives += cache == Exclusive ? 1 : 0;
                stale |= Pair(bits, CacheDataShift) != latest;
            }
        }

        return exclusives > 0 && copies > 1 ? GermanModel.ControlProperty : stale ? GermanModel.DataProperty : ModelProperty.None;
    }
}
