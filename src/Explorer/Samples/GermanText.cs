using static HmmSim.Explorer.Samples.GermanLayout;

namespace HmmSim.Explorer.Samples;

/// <summary>States of <see cref="GermanModel"/> for people.</summary>
internal static class GermanText
{
    private static readonly string[] Caches = ["I", "S", "E", "?"];
    private static readonly string[] Requests = ["", " ReqS", " ReqE", " ?"];
    private static readonly string[] Replies = ["", " Inv", " GntS", " GntE"];

    public static string State(ReadOnlySpan<ulong> state, int nodes)
    {
        uint global = (uint)state[^1];
        List<string> parts =
        [
            $"home {(Flag(global, ExclusiveGrantedShift) ? "exclusive" : "shared")}{Requests[Pair(global, CommandShift)]} "
                + $"memory={Pair(global, MemoryShift)} latest={Pair(global, LatestShift)}",
        ];
        for (int node = 0; node < nodes; node++)
        {
            uint bits = GetNode(state, node);
            string data = Pair(bits, CacheShift) == Invalid ? "" : $"={Pair(bits, CacheDataShift)}";
            string reply = Pair(bits, ReplyShift) >= GrantShared ? $"({Pair(bits, ReplyDataShift)})" : "";
            string acknowledgement = Flag(bits, AckShift) ? $" InvAck({Pair(bits, AckDataShift)})" : "";
            string toInvalidate = Flag(bits, ToInvalidateShift) ? " to-invalidate" : "";
            string sharer = Flag(bits, SharerShift) ? " sharer" : "";
            string current = Flag(bits, CurrentShift) ? " current" : "";
            parts.Add(
                $"{node}: {Caches[Pair(bits, CacheShift)]}{data}{Requests[Pair(bits, RequestShift)]}"
                + $"{Replies[Pair(bits, ReplyShift)]}{reply}{acknowledgement}{toInvalidate}{sharer}{current}");
        }

        return string.Join(" | ", parts);
    }
}
