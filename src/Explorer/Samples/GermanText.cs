using HmmSim.Explorer.Models;
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

    /// <summary>The home first, then the clients by their numbers.</summary>
    public static IReadOnlyList<string> ActorNames(int nodes) =>
        ["home", .. Enumerable.Range(0, nodes).Select(node => $"client {node}")];

    public static StepNarrative Step(GermanRule rule, int node)
    {
        int client = node + 1;
        return rule switch
        {
            GermanRule.StoreFirst => new(client, null, "store 1"),
            GermanRule.StoreSecond => new(client, null, "store 2"),
            GermanRule.SendRequestShared => new(client, null, "send ReqS"),
            GermanRule.SendRequestExclusive => new(client, null, "send ReqE"),
            GermanRule.ReceiveRequestShared => new(0, client, "ReqS"),
            GermanRule.ReceiveRequestExclusive => new(0, client, "ReqE"),
            GermanRule.SendInvalidate => new(0, null, $"send Inv to {node}"),
            GermanRule.SendInvalidateAck => new(client, 0, "Inv"),
            GermanRule.ReceiveInvalidateAck => new(0, client, "InvAck"),
            GermanRule.SendGrantShared => new(0, null, $"send GntS to {node}"),
            GermanRule.SendGrantExclusive => new(0, null, $"send GntE to {node}"),
            GermanRule.ReceiveGrantShared => new(client, 0, "GntS"),
            GermanRule.ReceiveGrantExclusive => new(client, 0, "GntE"),
        };
    }

    public static IReadOnlyList<StateField> Fields(ReadOnlySpan<ulong> state, int nodes)
    {
        uint global = (uint)state[^1];
        List<StateField> fields =
        [
            new(0, "granted", Flag(global, ExclusiveGrantedShift) ? "exclusive" : "shared"),
            new(0, "command", Requests[Pair(global, CommandShift)].Trim()),
            new(0, "memory", $"{Pair(global, MemoryShift)}"),
            new(0, "latest value", $"{Pair(global, LatestShift)}"),
        ];
        for (int node = 0; node < nodes; node++)
        {
            uint bits = GetNode(state, node);
            string reply = Replies[Pair(bits, ReplyShift)].Trim();
            fields.Add(new(0, $"sharer {node}", Flag(bits, SharerShift) ? "yes" : ""));
            fields.Add(new(0, $"to invalidate {node}", Flag(bits, ToInvalidateShift) ? "yes" : ""));
            fields.Add(new(0, $"current {node}", Flag(bits, CurrentShift) ? "yes" : ""));
            fields.Add(new(node + 1, "cache", Pair(bits, CacheShift) == Invalid
                ? "I"
                : $"{Caches[Pair(bits, CacheShift)]}={Pair(bits, CacheDataShift)}"));
            fields.Add(new(node + 1, "to home", Requests[Pair(bits, RequestShift)].Trim()));
            fields.Add(new(node + 1, "from home", Pair(bits, ReplyShift) >= GrantShared
                ? $"{reply}({Pair(bits, ReplyDataShift)})"
                : reply));
            fields.Add(new(node + 1, "acknowledgement", Flag(bits, AckShift) ? $"InvAck({Pair(bits, AckDataShift)})" : ""));
        }

        return fields;
    }
}
