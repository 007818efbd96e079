using System.Diagnostics;
using Akka.Actor;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Wire;

namespace HmmSim.Nodes.Cluster.Members;

// Checkpoints of one attempt on this member: going on from one, and taking part in new ones.
internal sealed partial class MemberRun
{
    private volatile Action? _requestCut;
    private int _cuts;
    private int _cutsRequested;

    /// <summary>Cuts the run on all members, unless that was asked for before: orders are repeated. The worker.</summary>
    public void RequestCut(int cut)
    {
        if (cut > _cutsRequested && _requestCut is { } request)
        {
            _cutsRequested = cut;
            request();
        }
    }

    /// <summary>The cut to go on from; null for the start. The files of its parts are not needed any more then.</summary>
    private RunCut? ReadCut(string folder)
    {
        if (_order.Parts.Count == 0)
        {
            return null;
        }

        List<RunCut> parts = [];
        foreach (TraceFileName part in _order.Parts)
        {
            string path = Path.Combine(folder, part.Digest);
            parts.Add(PartFile.Read(File.ReadAllBytes(path), $"a part of the checkpoint, sha256 {part.Digest}"));
            File.Delete(path);
        }

        return RunCut.Merge(parts);
    }

    /// <summary>Takes this member's part. The run's thread; compressing goes on beside the run.</summary>
    private void TakePart(Func<RunCut> take)
    {
        long begin = Stopwatch.GetTimestamp();
        RunCut cut = take();
        int number = ++_cuts;
        TimeSpan pause = Stopwatch.GetElapsedTime(begin);
        _status.Checkpoints.CountCut(pause);
        Task.Run(() =>
        {
            MemberPart part = MemberPart.Of(Identity, number, cut, pause);
            _status.Checkpoints.CountPart(part.Content.Length);
            _worker.Tell(part, ActorRefs.NoSender);
        });
    }
}
