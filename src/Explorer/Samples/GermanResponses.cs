using HmmSim.Explorer.Models;
using static HmmSim.Explorer.Samples.GermanLayout;

namespace HmmSim.Explorer.Samples;

/// <summary>
/// The response properties of <see cref="GermanModel"/>: a client that asks for exclusive access is granted it. Fair are all
/// steps of the home and all answers of clients; whether clients ask and write is up to them.
/// </summary>
internal static class GermanResponses
{
    // Taking up a request is one condition for both kinds of request; the others follow in the order of their rules.
    private const int ConditionsPerNode = 8;
    private const int TakeUpRequest = 0;

    public static IReadOnlyList<string> Names(int nodes) =>
        [.. Enumerable.Range(0, nodes).Select(node => $"exclusive access for {node}")];

    public static int FairnessCount(int nodes) => nodes * ConditionsPerNode;

    public static bool IsAsked(ReadOnlySpan<ulong> state, int node) => Pair(GetNode(state, node), RequestShift) == Exclusive;

    public static bool IsGiven(ReadOnlySpan<ulong> state, int node) => Pair(GetNode(state, node), ReplyShift) == GrantExclusive;

    public static int FairnessOf(GermanRule rule, int node) =>
        rule < GermanRule.ReceiveRequestShared
            ? -1
            : (node * ConditionsPerNode) + Math.Max(TakeUpRequest, (int)rule - (int)GermanRule.ReceiveRequestExclusive);

    public static Fairness FairnessKind(int condition, Fairness ofRequests) => condition % ConditionsPerNode == TakeUpRequest
        ? ofRequests : Fairness.Weak;
}
