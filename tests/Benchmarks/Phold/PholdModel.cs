namespace HmmSim.Benchmarks.Phold;

/// <summary>
/// The PHOLD workload, shared by all contenders: a logical process that handles an event draws a delay (lookahead plus an
/// exponential increment) and a receiver (itself, or with the remote probability any other), and folds the event into a
/// hash that depends on the order. Extra work per event stands for what a real model does. Integers only.
/// </summary>
internal sealed class PholdModel
{
    /// <summary>Mean of the exponential increment, in picoseconds.</summary>
    public const long MeanPicoseconds = 1_000_000;

    private const int TableBits = 10;
    private readonly long[] _increments = ExponentialTable.Create(1 << TableBits, MeanPicoseconds);

    public PholdModel(int processes, long lookaheadPicoseconds, int remotePercent, int workRounds)
    {
        WorkRounds = workRounds;
        Processes = processes;
        LookaheadPicoseconds = lookaheadPicoseconds;
        RemoteThreshold = (uint)((1UL << 32) * (ulong)remotePercent / 100 - (remotePercent == 100 ? 1UL : 0));
    }

    public int Processes { get; }

    public long LookaheadPicoseconds { get; }

    private int WorkRounds { get; }

    private uint RemoteThreshold { get; }

    /// <summary>What a logical process does with an event: returns the delay and the receiver of the next one.</summary>
    public long Handle(ref ProcessState state, int self, long time, uint source, ulong sequence, out int receiver)
    {
        state.Hash = (state.Hash ^ (ulong)time ^ ((ulong)source << 40) ^ (sequence << 20)) * 0x9E37_79B9_7F4A_7C15;
        state.Hash ^= state.Hash >> 29;
        for (int round = 0; round < WorkRounds; round++)
        {
            state.Hash = (state.Hash ^ (state.Hash >> 31)) * 0x9E37_79B9_7F4A_7C15;
        }

        ulong draw = state.Next();
        receiver = self;
        if (Processes > 1 && (uint)draw < RemoteThreshold)
        {
            receiver = (int)(((state.Next() >> 32) * (ulong)(Processes - 1)) >> 32);
            receiver += receiver >= self ? 1 : 0;
        }

        return LookaheadPicoseconds + _increments[draw >> (64 - TableBits)];
    }

    /// <summary>State of a logical process at the start.</summary>
    public static ProcessState Start(int process) => new() { Random = (((ulong)process + 1) * 0xD120_0000_0000_CAFD) | 1 };

    /// <summary>One logical process: its random generator and the hash of what it has seen.</summary>
    public struct ProcessState
    {
        public ulong Random;
        public ulong Hash;
        public ulong Sequence;

        /// <summary>xorshift64*.</summary>
        public ulong Next()
        {
            Random ^= Random >> 12;
            Random ^= Random << 25;
            Random ^= Random >> 27;
            return Random * 0x2545_F491_4F6C_DD1D;
        }
    }
}
