using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Actor.Internal;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

// The loop over windows.
public sealed partial class LaneRuntime
{
    private readonly LanePace _pace;
    private ExceptionDispatchInfo? _callbackFailure;
    private long _nextReport;
    private bool _wasCut;

    /// <summary>Lets virtual time run until nothing timed is left, a limit is reached, or the caller cancels.</summary>
    /// <param name="limits">How far to go at most.</param>
    /// <param name="progress">Called from time to time on the calling thread, between two windows.</param>
    /// <param name="cancellation">Stops each lane after its current step; the run can be continued.</param>
    /// <exception cref="StepFailedException">An actor threw, or broke a rule of virtual time. The runtime cannot go on after that.</exception>
    /// <exception cref="InvalidOperationException">A run goes on already.</exception>
    public RunOutcome Run(RunLimits? limits = null, Action<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        RequireIdle();
        ThrowIfFailed();
        limits ??= RunLimits.None;
        _stopRequested = false;
        _callbackFailure = null;
        _nextReport = _wasCut ? _nextReport : Steps + Advances + limits.ProgressInterval;
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static runtime => ((LaneRuntime)runtime!).RequestStop(), this);
        _running = true;
        RunOutcome? outcome;
        try
        {
            // No outcome yet: the lanes regroup. And an untimed message may still have been on its way to another lane when
            // nothing timed was left.
            do
            {
                outcome = _pace.Parallel ? DriveInParallel(limits, progress) : Drive(_lanes, limits, progress);
            }
            while (outcome is null || (outcome == RunOutcome.Quiescent && Exchange is null && _lanes.Any(lane => lane.HasUntimedWork)));
        }
        finally
        {
            _running = false;
        }

        _callbackFailure?.Throw();
        ThrowIfFailed();
        if (Interlocked.Exchange(ref _exchangeFailure, null) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        _wasCut = outcome == RunOutcome.Cut;
        _cutRequested &= !_wasCut;
        return outcome.Value;
    }

    private void RequestStop()
    {
        _stopRequested = true;
        foreach (Lane lane in _lanes)
        {
            lane.CallForAttention();
        }
    }

    private RunOutcome? DriveInParallel(RunLimits limits, Action<RunProgress>? progress)
    {
        foreach (LaneWorker worker in _workers)
        {
            worker.Begin(lane => Drive([lane], limits, null));
        }

        RunOutcome? outcome = Drive([_lanes[0]], limits, progress);
        foreach (LaneWorker worker in _workers)
        {
            worker.Join();
        }

        return outcome;
    }

    // Runs a group of lanes on the calling thread: all of them, or one per thread. There is no coordinator: every thread comes
    // to the same decision, since it sees the same votes. Null means that the lanes are to be grouped anew.
    private RunOutcome? Drive(Lane[] group, RunLimits limits, Action<RunProgress>? progress)
    {
        bool leads = group[0].Index == 0;
        bool regroup = false;
        long meeting = _meeting;
        long horizon = Exchange is null ? long.MaxValue : _agreement.HorizonPicoseconds;
        ActorCell? cellBefore = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = null!;
        if (leads)
        {
            _pace.Begin(Steps + Advances);
        }

        try
        {
            while (true)
            {
                foreach (Lane lane in group)
                {
                    lane.Enter();
                    lane.Vote(regroup, leads && IsMeetingOverdue());
                }

                WindowVote vote = default;
                foreach (Lane lane in group)
                {
                    vote = lane.Collect();
                }

                if (vote.Regroup)
                {
                    return null;
                }

                if (MustMeet(vote, horizon, limits))
                {
                    MemberAgreement agreement = Meet(group, vote, meeting++);
                    if (StopReason(agreement.All, limits) is { } agreed)
                    {
                        return agreed;
                    }

                    horizon = agreement.HorizonPicoseconds;

                    // What the others have sent counts: vote again.
                    regroup = false;
                    continue;
                }

                if (Exchange is null && StopReason(vote, limits) is { } outcome)
                {
                    return outcome;
                }

                if (progress is not null && vote.Steps + vote.Advances >= _nextReport)
                {
                    Report(progress, vote, limits.ProgressInterval);
                }

                // No overflow: both are positive, and "never" is the largest number.
                ulong end = (ulong)vote.EarliestPicoseconds + (ulong)Settings.Lookahead.Picoseconds;
                long limit = Math.Min(limits.Until.Picoseconds, horizon);
                foreach (Lane lane in group)
                {
                    lane.Enter();
                    lane.RunWindow((long)Math.Min(end, (ulong)limit));
                }

                regroup = leads && _pace.IsDue() && _pace.Decide(Steps + Advances);
            }
        }
        finally
        {
            Lane.Leave();
            InternalCurrentActorCellKeeper.Current = cellBefore!;
        }
    }

    private static RunOutcome? StopReason(in WindowVote vote, RunLimits limits) =>
        vote.Stop ? RunOutcome.Cancelled
        : vote.EarliestPicoseconds == long.MaxValue ? RunOutcome.Quiescent
        : vote.Cut ? RunOutcome.Cut
        : vote.EarliestPicoseconds >= limits.Until.Picoseconds ? RunOutcome.TimeLimit
        : vote.Steps >= limits.MaxSteps ? RunOutcome.StepLimit
        : null;

    private void Report(Action<RunProgress> progress, in WindowVote vote, long interval)
    {
        _nextReport = vote.Steps + vote.Advances + interval;
        try
        {
            progress(new RunProgress(new VirtualTime(vote.EarliestPicoseconds), vote.Steps, vote.Advances, Windows));
        }
        catch (Exception exception)
        {
            // The other lanes wait for our vote: end the run in the ordinary way first.
            _callbackFailure = ExceptionDispatchInfo.Capture(exception);
            RequestStop();
        }
    }
}
