using System.Runtime.ExceptionServices;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

// The loop over windows.
public sealed partial class LaneRuntime
{
    private ExceptionDispatchInfo? _callbackFailure;

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
        _stopRequested = false;
        _callbackFailure = null;
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static runtime => ((LaneRuntime)runtime!).RequestStop(), this);
        _running = true;
        RunOutcome outcome;
        try
        {
            // An untimed message may still have been on its way to another lane when nothing timed was left.
            do
            {
                outcome = DriveAll(limits ?? RunLimits.None, progress);
            }
            while (outcome == RunOutcome.Quiescent && _lanes.Any(lane => lane.HasUntimedWork));
        }
        finally
        {
            _running = false;
        }

        _callbackFailure?.Throw();
        ThrowIfFailed();
        return outcome;
    }

    private void RequestStop()
    {
        _stopRequested = true;
        foreach (Lane lane in _lanes)
        {
            lane.CallForAttention();
        }
    }

    private RunOutcome DriveAll(RunLimits limits, Action<RunProgress>? progress)
    {
        foreach (LaneWorker worker in _workers)
        {
            worker.Begin(lane => Drive(lane, limits, null));
        }

        RunOutcome outcome = Drive(_lanes[0], limits, progress);
        foreach (LaneWorker worker in _workers)
        {
            worker.Join();
        }

        return outcome;
    }

    // Runs on every lane's thread, and comes to the same decisions on each.
    private RunOutcome Drive(Lane lane, RunLimits limits, Action<RunProgress>? progress)
    {
        lane.Enter();
        try
        {
            long nextReport = 0;
            while (true)
            {
                WindowVote vote = lane.Agree(stop: !lane.Attend());
                if (StopReason(vote, limits) is { } outcome)
                {
                    return outcome;
                }

                if (progress is not null && vote.Steps + vote.Advances >= nextReport)
                {
                    if (nextReport > 0)
                    {
                        Report(progress, vote);
                    }

                    nextReport = vote.Steps + vote.Advances + limits.ProgressInterval;
                }

                // No overflow: both are positive, and "never" is the largest number.
                ulong end = (ulong)vote.EarliestPicoseconds + (ulong)Settings.Lookahead.Picoseconds;
                lane.RunWindow((long)Math.Min(end, (ulong)limits.Until.Picoseconds));
            }
        }
        finally
        {
            lane.Leave();
        }
    }

    private static RunOutcome? StopReason(in WindowVote vote, RunLimits limits) =>
        vote.Stop ? RunOutcome.Cancelled
        : vote.EarliestPicoseconds == long.MaxValue ? RunOutcome.Quiescent
        : vote.EarliestPicoseconds >= limits.Until.Picoseconds ? RunOutcome.TimeLimit
        : vote.Steps >= limits.MaxSteps ? RunOutcome.StepLimit
        : null;

    private void Report(Action<RunProgress> progress, in WindowVote vote)
    {
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
