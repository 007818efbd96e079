using System.Diagnostics;
using HmmSim.Nodes.Cluster.Placement;
using HmmSim.Nodes.Cluster.Wire;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Cluster.Exchange;

/// <summary>
/// The meetings of the members of a run. There is no coordinator: everyone sends to everyone how far it is and what it has sent,
/// and everyone computes the same from it.
/// </summary>
/// <remarks>
/// <para>Let e(m) be the time of the earliest thing pending on member m that can reach another member by itself or by what it causes
/// on m (<see cref="IExposure"/>), all that is on its way to m included, and d(m, n) what a
/// message from m causes on n at the earliest, over any number of members (<see cref="MemberMap.Distance"/>). Nothing that is
/// sent later can act on n before the least e(m) + d(m, n) over all m: that is how far n may go on its own, in as many windows
/// as it needs. The member with the earliest event can always go on, and stretches in which nobody does anything cost one
/// meeting.</para>
/// <para>A meeting is also a consistent cut: what was sent before has been taken in, nothing is on its way.</para>
/// </remarks>
internal sealed class MemberExchange(IMemberTransport transport, MemberMap map, IExposure exposure, TimedEventCodec codec, ExchangeCounters counters)
    : IWindowExchange
{
    /// <summary>Parts of this size travel best; a single event has at most some 9 KB.</summary>
    private const int PartBytes = 48 << 10;

    private readonly List<WindowFrame> _early = [];
    private long _round;

    /// <inheritdoc/>
    public int Members => transport.Members;

    /// <inheritdoc/>
    public IExposure Exposure => exposure;

    /// <inheritdoc/>
    public MemberAgreement Meet(in WindowVote own, long exposedPicoseconds, IReadOnlyList<MemberOutbox[]> sent, Action<int, TimedMessage> deliver)
    {
        _round++;
        WindowVoteFrame vote = VoteOf(own, exposedPicoseconds, sent);
        for (int member = 0; member < Members; member++)
        {
            if (member != transport.Self)
            {
                SendEvents(member, vote, sent);
            }

            foreach (MemberOutbox[] lane in sent)
            {
                lane[member].Clear();
            }
        }

        var votes = new WindowVoteFrame[Members];
        votes[transport.Self] = vote;
        Collect(frame =>
        {
            foreach (TimedEvent wire in frame.Events)
            {
                deliver(wire.Node, codec.FromWire(wire));
            }

            if (frame.Vote is { } other)
            {
                votes[frame.From] = other;
            }
        });
        counters.CountMeeting();
        return Agree(votes);
    }

    /// <summary>Sends each member some claims and returns what all others have sent; after the last window.</summary>
    public List<EntryClaim> Swap(IReadOnlyList<EntryClaim>[] claims)
    {
        _round++;
        for (int member = 0; member < Members; member++)
        {
            if (member != transport.Self)
            {
                foreach (EntryClaim[] part in claims[member].Chunk(1000))
                {
                    WindowFrame frame = NewFrame();
                    frame.Claims.Add(part);
                    Send(member, frame);
                }

                WindowFrame last = NewFrame();
                last.Vote = new WindowVoteFrame();
                Send(member, last);
            }
        }

        var received = new List<EntryClaim>();
        Collect(frame => received.AddRange(frame.Claims));
        return received;
    }

    private WindowVoteFrame VoteOf(in WindowVote own, long exposedPicoseconds, IReadOnlyList<MemberOutbox[]> sent)
    {
        WindowVoteFrame vote = new()
        {
            EarliestPicoseconds = own.EarliestPicoseconds,
            ExposedPicoseconds = exposedPicoseconds,
            Steps = own.Steps,
            Advances = own.Advances,
            Stop = own.Stop,
            Cut = own.Cut,
        };
        vote.EarliestSentPicoseconds.Add(Enumerable.Range(0, Members).Select(member => sent.Min(lane => lane[member].EarliestPicoseconds)));
        return vote;
    }

    private void SendEvents(int member, WindowVoteFrame vote, IReadOnlyList<MemberOutbox[]> sent)
    {
        WindowFrame frame = NewFrame();
        int bytes = 0;
        foreach ((int node, TimedMessage message) in sent.SelectMany(lane => lane[member].Items))
        {
            TimedEvent wire = TimedEventCodec.ToWire(node, message);
            bytes += wire.CalculateSize();
            frame.Events.Add(wire);
            if (bytes >= PartBytes)
            {
                Send(member, frame);
                frame = NewFrame();
                bytes = 0;
            }
        }

        frame.Vote = vote;
        Send(member, frame);
    }

    private WindowFrame NewFrame() => new() { Round = _round, From = transport.Self };

    private void Send(int member, WindowFrame frame)
    {
        counters.CountFrame(frame.CalculateSize(), frame.Events.Count);
        transport.Send(member, frame);
    }

    // A member can be one round ahead: it has everybody's frames of this round, and we have not.
    private void Collect(Action<WindowFrame> take)
    {
        long begin = Stopwatch.GetTimestamp();
        HashSet<int> missing = [.. Enumerable.Range(0, Members).Where(member => member != transport.Self)];
        WindowFrame[] early = [.. _early];
        _early.Clear();
        foreach (WindowFrame frame in early)
        {
            Take(frame);
        }

        while (missing.Count > 0)
        {
            Take(transport.Receive(missing));
        }

        counters.CountWait(Stopwatch.GetElapsedTime(begin));

        void Take(WindowFrame frame)
        {
            if (frame.Round > _round)
            {
                _early.Add(frame);
                return;
            }

            take(frame);
            if (frame.Vote is not null)
            {
                missing.Remove(frame.From);
            }
        }
    }

    private MemberAgreement Agree(WindowVoteFrame[] votes)
    {
        WindowVote all = default(WindowVote) with { EarliestPicoseconds = long.MaxValue };
        long horizon = long.MaxValue;
        for (int member = 0; member < votes.Length; member++)
        {
            int to = member;
            long sent = votes.Min(vote => vote.EarliestSentPicoseconds[to]);
            long earliest = Math.Min(sent, votes[member].EarliestPicoseconds);
            long exposed = Math.Min(sent, votes[member].ExposedPicoseconds);
            all = all.Merge(new WindowVote(earliest, votes[member].Steps, votes[member].Advances, votes[member].Stop, Regroup: false, Cut: votes[member].Cut));
            horizon = Math.Min(horizon, MemberMap.Sum(exposed, map.Distance(member, transport.Self)));
        }

        return new MemberAgreement(all, horizon);
    }
}
