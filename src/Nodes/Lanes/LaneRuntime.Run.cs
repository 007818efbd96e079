using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

// The loop over windows.
public sealed partial class LaneRuntime
{
    /// <summary>Lets virtual time run until nothing timed is left, a limit is reached, or the caller cancels.</summary>
    /// <param name="limits">How far to go at most.</param>
    /// <param name="progress">Called from time to time on the calling thread, between two windows.</param>
    /// <param name="cancellation">Stops the run after the current step; it can be continued.</param>
    /// <exception cref="StepFailedException">An actor threw. The runtime cannot go on after that.</exception>
    /// <exception cref="InvalidOperationException">A run goes on already.</exception>
    public RunOutcome Run(RunLimits? limits = null, Action<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        RequireIdle();
        ThrowIfFailed();
        _stopRequested = false;
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static runtime => ((LaneRuntime)runtime!).RequestStop(), this);
        _running = true;
        RunOutcome outcome;
        try
        {
            outcome = DriveLanes(limits ?? RunLimits.None, progress);
        }
        finally
        {
            _running = false;
        }

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

    private RunOutcome DriveLanes(RunLimits limits, Action<RunProgress>? progress)
    {
        Lane lane = _lanes[0];
        lane.Enter();
        try
        {
            return Drive(lane, limits, progress);
        }
        finally
        {
            Lane.Leave();
        }
    }

    private RunOutcome Drive(Lane lane, RunLimits limits, Action<RunProgress>? progress)
    {
        long until = limits.Until.Picoseconds;
        long nextReport = lane.Steps + lane.AdvancesDone + limits.ProgressInterval;
        for (; ; _windows++)
        {
            if (!lane.Attend())
            {
                return RunOutcome.Cancelled;
            }

            long begin = lane.EarliestPicoseconds;
            if (begin == long.MaxValue)
            {
                return RunOutcome.Quiescent;
            }

            if (begin >= until)
            {
                return RunOutcome.TimeLimit;
            }

            if (lane.Steps >= limits.MaxSteps)
            {
                return RunOutcome.StepLimit;
            }

            if (progress is not null && lane.Steps + lane.AdvancesDone >= nextReport)
            {
                nextReport = lane.Steps + lane.AdvancesDone + limits.ProgressInterval;
                progress(new RunProgress(new VirtualTime(begin), lane.Steps, lane.AdvancesDone, _windows));
            }

            // No overflow: both are positive, and never is the largest number.
            long end = (long)Math.Min((ulong)begin + (ulong)Settings.Lookahead.Picoseconds, (ulong)until);
            lane.RunWindow(end);
        }
    }
}
