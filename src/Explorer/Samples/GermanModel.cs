using HmmSim.Explorer.Models;
using static HmmSim.Explorer.Samples.GermanLayout;

namespace HmmSim.Explorer.Samples;

/// <summary>
/// German's cache protocol: a home keeps one line coherent among clients by requests, invalidations and grants, each over a
/// channel of one message. The usual yardstick of explicit-state model checkers, with counts that several independent tools agree
/// on.
/// </summary>
/// <remarks>
/// A sample: it shows a bit-packed model whose canonical form is a sort, and its counts prove the engines. The clients are
/// interchangeable, and so are the data values. Messages lie in the receiving or sending client's own bits, so a client's 16 bits
/// hold all that belongs to it, including whether the home serves it now.
/// </remarks>
public readonly struct GermanModel : ISymmetricModel, INarratedModel, IResponseModel
{
    /// <summary>Position of the property that an exclusive copy excludes all other copies.</summary>
    public const int ControlProperty = 0;

    /// <summary>Position of the property that memory and copies hold what was written last.</summary>
    public const int DataProperty = 1;

    /// <summary>Position of the property that some rule is always enabled.</summary>
    public const int DeadlockFreedom = 2;

    private const int RuleBits = 4;
    private const int RulesPerNode = 13;
    private static readonly string[] PropertyNames = ["CtrlProp", "DataProp", "deadlock freedom"];

    private readonly int _nodes;
    private readonly int _dataValues;
    private readonly GermanMutation _mutation;
    private readonly NodePermutations _permutations;
    private readonly Fairness _requestFairness;

    /// <param name="nodes">Number of clients, 1 to 8.</param>
    /// <param name="dataValues">Number of data values: 2, or 1 to look at the control part only.</param>
    /// <param name="mutation">A seeded bug.</param>
    /// <param name="dataSymmetry">Whether data values count as interchangeable too.</param>
    /// <param name="requestFairness">What is promised of taking up a client's request.</param>
    public GermanModel(
        int nodes,
        int dataValues = 2,
        GermanMutation mutation = GermanMutation.None,
        bool dataSymmetry = false,
        Fairness requestFairness = Fairness.Weak)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nodes, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(dataValues, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dataValues, 2);
        _nodes = nodes;
        _dataValues = dataValues;
        _mutation = mutation;
        _requestFairness = requestFairness;
        _permutations = new NodePermutations(nodes, dataSymmetry && dataValues == 2);
    }

    /// <inheritdoc/>
    public int StateWords => ((_nodes + NodesPerWord - 1) / NodesPerWord) + 1;

    /// <summary>One for each data value that memory may hold at the start.</summary>
    public int InitialStateCount => _dataValues;

    /// <inheritdoc/>
    public int TransitionCount => _nodes << RuleBits;

    /// <inheritdoc/>
    public int MaxEnabled => _nodes * RulesPerNode;

    /// <inheritdoc/>
    public IReadOnlyList<string> Properties => PropertyNames;

    /// <inheritdoc/>
    public int PermutationCount => _permutations.Count;

    /// <summary>The home and the clients.</summary>
    public IReadOnlyList<string> ActorNames => GermanText.ActorNames(_nodes);

    /// <summary>For each client, that its request for exclusive access is granted.</summary>
    public IReadOnlyList<string> Responses => GermanResponses.Names(_nodes);

    /// <inheritdoc/>
    public int FairnessCount => GermanResponses.FairnessCount(_nodes);

    private int GlobalWord => StateWords - 1;

    /// <summary>The number of a rule of a node.</summary>
    public static int Transition(GermanRule rule, int node) => (node << RuleBits) | (int)rule;

    /// <inheritdoc/>
    public void WriteInitialState(int index, Span<ulong> state)
    {
        state.Clear();
        state[GlobalWord] = ((ulong)(index + 1) << MemoryShift) | ((ulong)(index + 1) << LatestShift);
    }

    /// <inheritdoc/>
    public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
    {
        uint global = (uint)state[GlobalWord];
        uint command = Pair(global, CommandShift);
        bool exclusiveGranted = Flag(global, ExclusiveGrantedShift);
        bool invalidates = command == Exclusive || (command == Shared && exclusiveGranted);
        bool acceptsExclusive = command == Empty || _mutation == GermanMutation.AcceptRequestWhileBusy;
        bool grantsShared = command == Shared && (!exclusiveGranted || _mutation == GermanMutation.GrantSharedWhileExclusive);
        bool grantsExclusive = command == Exclusive && !exclusiveGranted
            && (_mutation == GermanMutation.GrantExclusiveWhileShared || !AnySharer(state));
        int count = 0;
        for (int node = 0; node < _nodes; node++)
        {
            uint bits = GetNode(state, node);
            uint cache = Pair(bits, CacheShift);
            uint request = Pair(bits, RequestShift);
            uint reply = Pair(bits, ReplyShift);
            bool acknowledges = Flag(bits, AckShift);
            int first = node << RuleBits;
            if (cache == Exclusive)
            {
                transitions[count++] = first | (int)GermanRule.StoreFirst;
                if (_dataValues == 2)
                {
                    transitions[count++] = first | (int)GermanRule.StoreSecond;
                }
            }

            switch (request)
            {
                case Empty:
                    if (cache == Invalid)
                    {
                        transitions[count++] = first | (int)GermanRule.SendRequestShared;
                    }

                    if (cache != Exclusive)
                    {
                        transitions[count++] = first | (int)GermanRule.SendRequestExclusive;
                    }

                    break;
                case Shared:
                    if (command == Empty)
                    {
                        transitions[count++] = first | (int)GermanRule.ReceiveRequestShared;
                    }

                    break;
                default:
                    if (acceptsExclusive)
                    {
                        transitions[count++] = first | (int)GermanRule.ReceiveRequestExclusive;
                    }

                    break;
            }

            if (invalidates && reply == Empty && Flag(bits, ToInvalidateShift))
            {
                transitions[count++] = first | (int)GermanRule.SendInvalidate;
            }

            if (reply == Invalidate && !acknowledges)
            {
                transitions[count++] = first | (int)GermanRule.SendInvalidateAck;
            }

            if (acknowledges && command != Empty)
            {
                transitions[count++] = first | (int)GermanRule.ReceiveInvalidateAck;
            }

            if (reply == Empty && Flag(bits, CurrentShift))
            {
                if (grantsShared)
                {
                    transitions[count++] = first | (int)GermanRule.SendGrantShared;
                }

                if (grantsExclusive)
                {
                    transitions[count++] = first | (int)GermanRule.SendGrantExclusive;
                }
            }

            if (reply >= GrantShared)
            {
                transitions[count++] =
                    first | (int)(reply == GrantShared ? GermanRule.ReceiveGrantShared : GermanRule.ReceiveGrantExclusive);
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public void Apply(Span<ulong> state, int transition)
    {
        int node = transition >> RuleBits;
        var rule = (GermanRule)(transition & ((1 << RuleBits) - 1));
        uint bits = GetNode(state, node);
        uint global = (uint)state[GlobalWord];
        switch (rule)
        {
            case GermanRule.StoreFirst:
            case GermanRule.StoreSecond:
                uint data = rule == GermanRule.StoreFirst ? 1u : 2u;
                bits = WithPair(bits, CacheDataShift, data);
                global = WithPair(global, LatestShift, data);
                break;
            case GermanRule.SendRequestShared:
                bits = WithPair(bits, RequestShift, Shared);
                break;
            case GermanRule.SendRequestExclusive:
                bits = WithPair(bits, RequestShift, Exclusive);
                break;
            case GermanRule.ReceiveRequestShared:
            case GermanRule.ReceiveRequestExclusive:
                BeginService(state, node);
                bits = WithPair(GetNode(state, node), RequestShift, Empty);
                global = WithPair(global, CommandShift, rule == GermanRule.ReceiveRequestShared ? Shared : Exclusive);
                break;
            case GermanRule.SendInvalidate:
                bits = WithFlag(WithPair(bits, ReplyShift, Invalidate), ToInvalidateShift, false);
                break;
            case GermanRule.SendInvalidateAck:
                uint written = Pair(bits, CacheShift) == Exclusive ? Pair(bits, CacheDataShift) : Pair(bits, AckDataShift);
                bits = WithPair(WithFlag(WithPair(bits, ReplyShift, Empty), AckShift, true), AckDataShift, written);
                bits = WithPair(WithPair(bits, CacheShift, Invalid), CacheDataShift, 0);
                break;
            case GermanRule.ReceiveInvalidateAck:
                bits = WithFlag(WithFlag(bits, AckShift, false), SharerShift, false);
                if (Flag(global, ExclusiveGrantedShift))
                {
                    uint memory = _mutation == GermanMutation.LoseWriteBack
                        ? Pair(global, MemoryShift)
                        : Pair(bits, AckDataShift);
                    global = WithPair(WithFlag(global, ExclusiveGrantedShift, false), MemoryShift, memory);
                    bits = WithPair(bits, AckDataShift, 0);
                }

                break;
            case GermanRule.SendGrantShared:
            case GermanRule.SendGrantExclusive:
                bool exclusive = rule == GermanRule.SendGrantExclusive;
                bits = WithPair(WithPair(bits, ReplyShift, exclusive ? GrantExclusive : GrantShared), ReplyDataShift,
                    Pair(global, MemoryShift));
                bits = WithFlag(WithFlag(bits, SharerShift, true), CurrentShift, false);
                global = WithPair(global, CommandShift, Empty);
                global = exclusive ? WithFlag(global, ExclusiveGrantedShift, true) : global;
                break;
            case GermanRule.ReceiveGrantShared:
            case GermanRule.ReceiveGrantExclusive:
                bits = WithPair(bits, CacheShift, rule == GermanRule.ReceiveGrantShared ? Shared : Exclusive);
                bits = WithPair(bits, CacheDataShift, Pair(bits, ReplyDataShift));
                bits = WithPair(WithPair(bits, ReplyShift, Empty), ReplyDataShift, 0);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(transition), transition, "no such rule");
        }

        SetNode(state, node, bits);
        state[GlobalWord] = global;
    }

    /// <inheritdoc/>
    public int FindViolation(ReadOnlySpan<ulong> state) => GermanInvariants.FindViolation(state, _nodes);

    /// <summary>Clients never stop asking, so a state without an enabled rule is a deadlock.</summary>
    public int FindTerminalViolation(ReadOnlySpan<ulong> state) => DeadlockFreedom;

    /// <inheritdoc/>
    public void Permute(int permutation, ReadOnlySpan<ulong> source, Span<ulong> target) =>
        _permutations.Permute(permutation, source, target);

    /// <inheritdoc/>
    public int PermuteTransition(int permutation, int transition) =>
        Transition(_permutations.RuleOf(permutation, RuleOf(transition)), _permutations.NodeOf(permutation, NodeOf(transition)));

    /// <inheritdoc/>
    public void Canonicalize(Span<ulong> state) => _permutations.Canonicalize(state);

    /// <inheritdoc/>
    public string DescribeState(ReadOnlySpan<ulong> state) => GermanText.State(state, _nodes);

    /// <inheritdoc/>
    public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) => $"{RuleOf(transition)} {NodeOf(transition)}";

    /// <inheritdoc/>
    public StepNarrative NarrateStep(ReadOnlySpan<ulong> state, int transition) =>
        GermanText.Step(RuleOf(transition), NodeOf(transition));

    /// <inheritdoc/>
    public IReadOnlyList<StateField> DescribeFields(ReadOnlySpan<ulong> state) => GermanText.Fields(state, _nodes);

    /// <inheritdoc/>
    public bool IsAsked(ReadOnlySpan<ulong> state, int response) => GermanResponses.IsAsked(state, response);

    /// <inheritdoc/>
    public bool IsGiven(ReadOnlySpan<ulong> state, int response) => GermanResponses.IsGiven(state, response);

    /// <inheritdoc/>
    public int FairnessOf(int transition) => GermanResponses.FairnessOf(RuleOf(transition), NodeOf(transition));

    /// <inheritdoc/>
    public Fairness FairnessKind(int condition) => GermanResponses.FairnessKind(condition, _requestFairness);

    private static GermanRule RuleOf(int transition) => (GermanRule)(transition & ((1 << RuleBits) - 1));

    private static int NodeOf(int transition) => transition >> RuleBits;

    private bool AnySharer(ReadOnlySpan<ulong> state)
    {
        ulong sharers = 0;
        foreach (ulong word in state[..GlobalWord])
        {
            sharers |= word & (AllNodes << SharerShift);
        }

        return sharers != 0;
    }

    /// <summary>Makes a node the one that is served and plans to invalidate all that share.</summary>
    private void BeginService(Span<ulong> state, int node)
    {
        foreach (ref ulong word in state[..GlobalWord])
        {
            ulong sharers = word & (AllNodes << SharerShift);
            word = (word & ~(AllNodes << CurrentShift) & ~(AllNodes << ToInvalidateShift)) | (
                sharers >> (SharerShift - ToInvalidateShift));
        }

        SetNode(state, node, GetNode(state, node) | (1u << CurrentShift));
    }
}
