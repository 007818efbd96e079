namespace HmmSim.Explorer.Samples;

/// <summary>
/// Where the variables of <see cref="GermanModel"/> lie: 16 bits for each node, four nodes in a word, then one word of global
/// variables.
/// </summary>
internal static class GermanLayout
{
    public const int NodesPerWord = 4;
    public const int NodeBits = 16;

    // Of a node.
    public const int CacheShift = 0;
    public const int CacheDataShift = 2;
    public const int RequestShift = 4;
    public const int ReplyShift = 6;
    public const int ReplyDataShift = 8;
    public const int AckShift = 10;
    public const int AckDataShift = 11;
    public const int ToInvalidateShift = 13;
    public const int SharerShift = 14;
    public const int CurrentShift = 15;

    // Of the global word.
    public const int ExclusiveGrantedShift = 0;
    public const int CommandShift = 1;
    public const int MemoryShift = 3;
    public const int LatestShift = 5;

    /// <summary>A pattern that repeats in all four nodes of a word.</summary>
    public const ulong AllNodes = 0x0001_0001_0001_0001;

    // Cache states; also the rights that a command asks for, where Shared is ReqS and Exclusive is ReqE.
    public const uint Invalid = 0;
    public const uint Shared = 1;
    public const uint Exclusive = 2;

    // Replies.
    public const uint Empty = 0;
    public const uint Invalidate = 1;
    public const uint GrantShared = 2;
    public const uint GrantExclusive = 3;

    /// <summary>Two bits of a node or of the global word.</summary>
    public static uint Pair(uint bits, int shift) => (bits >> shift) & 3;

    /// <summary>One bit of a node or of the global word.</summary>
    public static bool Flag(uint bits, int shift) => ((bits >> shift) & 1) != 0;

    /// <summary>Replaces two bits.</summary>
    public static uint WithPair(uint bits, int shift, uint value) => (bits & ~(3u << shift)) | (value << shift);

    /// <summary>Replaces one bit.</summary>
    public static uint WithFlag(uint bits, int shift, bool value) => (bits & ~(1u << shift)) | (value ? 1u << shift : 0);

    /// <summary>The bits of a node.</summary>
    public static uint GetNode(ReadOnlySpan<ulong> state, int node) =>
        (ushort)(state[node / NodesPerWord] >> (node % NodesPerWord * NodeBits));

    /// <summary>Replaces the bits of a node.</summary>
    public static void SetNode(Span<ulong> state, int node, uint bits)
    {
        int shift = node % NodesPerWord * NodeBits;
        ref ulong word = ref state[node / NodesPerWord];
        word = (word & ~(0xffffUL << shift)) | ((ulong)bits << shift);
    }
}
