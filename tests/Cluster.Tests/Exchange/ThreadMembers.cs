using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Exchange;
using HmmSim.Nodes.Cluster.Members;
using HmmSim.Nodes.Cluster.Placement;
using HmmSim.Nodes.Cluster.Wire;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cluster.Tests.Exchange;

/// <summary>The members of a run as threads of this process that exchange serialised frames: all of a distributed run but its network.</summary>
internal static class ThreadMembers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a scenario on so many members.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="members">How many members.</param>
    /// <param name="lanes">Lanes of each.</param>
    /// <param name="placement">Which hosts go where.</param>
    /// <param name="spoil">Changes frames on their way; from any thread.</param>
    public static RunReport Run(Scenario scenario, int members, int lanes = 1, IHostPlacement? placement = null, Action<WindowFrame>? spoil = null) =>
        RunPiece(scenario, members, lanes, placement, spoil).Report!;

    /// <summary>Runs a scenario from a cut to its end or to the next cut.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="members">How many members.</param>
    /// <param name="lanes">Lanes of each.</param>
    /// <param name="placement">Which hosts go where.</param>
    /// <param name="spoil">Changes frames on their way; from any thread.</param>
    /// <param name="from">The cut to go on from.</param>
    /// <param name="cutAfter">The last member asks for a cut after so many frames that it has sent; 0 for never.</param>
    public static (RunReport? Report, RunCut? Cut) RunPiece(
        Scenario scenario, int members, int lanes, IHostPlacement? placement, Action<WindowFrame>? spoil = null, RunCut? from = null, int cutAfter = 0)
    {
        BlockingCollection<byte[]>[] inboxes = [.. Enumerable.Range(0, members).Select(_ => new BlockingCollection<byte[]>())];
        using CancellationTokenSource stop = new();
        var reports = new MemberReport[members];
        var parts = new RunCut?[members];
        var failures = new ConcurrentBag<Exception>();
        Thread[] threads =
        [
            .. Enumerable.Range(0, members).Select(self => new Thread(() =>
            {
                try
                {
                    Transport transport = new(self, inboxes, spoil, stop.Token);
                    using MemberSimulation simulation = new(scenario, placement ?? HostPlacements.Default, transport, lanes, new ExchangeCounters(), from);
                    if (cutAfter > 0 && self == members - 1)
                    {
                        transport.Sent = sent =>
                        {
                            if (sent == cutAfter)
                            {
                                simulation.RequestCut();
                            }
                        };
                    }

                    MemberReport report = simulation.Run(
                        _ => { },
                        stop.Token,
                        take =>
                        {
                            parts[self] = take();
                            throw new CutException();
                        });
                    reports[self] = MemberReport.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(report));
                }
                catch (CutException)
                {
                    // All others are cut at the same meeting.
                }
                catch (Exception exception)
                {
                    failures.Add(exception);
                    stop.Cancel();
                }
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        if (failures.FirstOrDefault(failure => failure is not OperationCanceledException) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        Assert.Empty(failures);
        if (parts.Any(part => part is not null))
        {
            Assert.All(parts, Assert.NotNull);
            return (null, RunCut.Merge(parts!));
        }

        return (ReportMerger.Merge(scenario, reports, lanes), null);
    }

    private sealed class CutException : Exception;

    private sealed class Transport(int self, BlockingCollection<byte[]>[] inboxes, Action<WindowFrame>? spoil, CancellationToken stop) : IMemberTransport
    {
        private int _sent;

        public Action<int> Sent { get; set; } = _ => { };

        public int Self => self;

        public int Members => inboxes.Length;

        public void Send(int member, WindowFrame frame)
        {
            spoil?.Invoke(frame);
            Sent(++_sent);
            inboxes[member].Add(Google.Protobuf.MessageExtensions.ToByteArray(frame), stop);
        }

        public WindowFrame Receive(IReadOnlyCollection<int> waitingFor) => inboxes[self].TryTake(out byte[]? bytes, (int)Patience.TotalMilliseconds, stop)
            ? WindowFrame.Parser.ParseFrom(bytes)
            : throw new TimeoutException($"members {string.Join(", ", waitingFor)} have not come");
    }
}
