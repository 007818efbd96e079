using System.Runtime.CompilerServices;

namespace HmmSim.Nodes.Lanes;

/// <summary>
/// Where one lane publishes its votes: the number of the last round it has voted in, and the votes of the last two rounds.
/// Written by its lane, read by all.
/// </summary>
/// <remarks>
/// Two are enough: a lane can vote in round n + 2 only after every lane has voted in round n + 1, which each does after it has
/// read all of round n. The same holds for the messages in a <see cref="LaneOutbox"/>.
/// </remarks>
internal sealed class LaneBallot
{
    // Some ten microseconds. A blocked thread costs twice that to wake, but pure spinning starves whoever shares the cores.
    private const int Spins = 400;

    private readonly object _gate = new();
    private readonly Votes _votes = new();
    private PaddedRound _round;
    private int _sleepers;

    /// <summary>Publishes a vote, and with it everything the lane wrote before. The lane's own thread.</summary>
    public void Publish(long round, in WindowVote vote)
    {
        _votes[(int)(round & 1)] = vote;
        Volatile.Write(ref _round.Value, round);

        // Either a reader that goes to sleep sees the round, or we see the sleeper.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleepers) != 0)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits for the lane's vote in a round: spins briefly, then blocks. Any lane's thread.</summary>
    public WindowVote Await(long round, bool spin)
    {
        for (int spins = spin ? Spins : 0; spins > 0 && Volatile.Read(ref _round.Value) < round; spins--)
        {
            Thread.SpinWait(2);
        }

        if (Volatile.Read(ref _round.Value) < round)
        {
            Sleep(round);
        }

        return _votes[(int)(round & 1)];
    }

    private void Sleep(long round)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _sleepers);
            while (Volatile.Read(ref _round.Value) < round)
            {
                Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _sleepers);
        }
    }

    // A cache line pair of its own, since others poll it.
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 256)]
    private struct PaddedRound
    {
        [System.Runtime.InteropServices.FieldOffset(128)]
        public long Value;
    }

    private sealed class Votes
    {
        private Pair _pair;

        public ref WindowVote this[int parity] => ref _pair[parity];

        [InlineArray(2)]
        private struct Pair
        {
            private WindowVote _first;
        }
    }
}
