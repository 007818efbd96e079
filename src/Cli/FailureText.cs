using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Frames;

namespace HmmSim.Cli;

/// <summary>What the user is told when a command fails, and the exit code.</summary>
internal static class FailureText
{
    /// <summary>The words and the code for a failure of <paramref name="what"/>.</summary>
    public static (string Message, int ExitCode) Of(Exception exception, string what, CancellationToken cancellation) => exception switch
    {
        ScenarioException => (exception.Message, ExitCode.BadInput),
        CheckpointException => ($"hmmsim: {exception.Message}", ExitCode.BadInput),
        ResultFolderException => ($"hmmsim: {exception.Message}", ExitCode.BadInput),
        ClusterException cluster => ($"hmmsim: {what}: {exception.Message}", cluster.IsInput ? ExitCode.BadInput : ExitCode.RunFailed),
        OperationCanceledException when cancellation.IsCancellationRequested => ("hmmsim: stopped; no result was written.", ExitCode.Cancelled),
        StepFailedException { InnerException: (OutOfFramesException or TraceFormatException or WorkloadException) and { Message: { } reason } } step =>
            ($"hmmsim: {what}, at {step.Time}: {reason}", ExitCode.BadInput),
        TraceFormatException or WorkloadException => ($"hmmsim: {what}: {exception.Message}", ExitCode.BadInput),
        _ => ($"hmmsim: the run of {what} failed: {exception}", ExitCode.RunFailed),
    };
}
