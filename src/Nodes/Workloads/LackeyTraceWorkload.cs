using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Workloads;

/// <summary>The accesses of a real program, recorded by Valgrind's lackey tool and executed by one thread.</summary>
/// <param name="Name">Name of the stream.</param>
/// <param name="Path">The trace file, plain or gzip.</param>
/// <param name="Options">Which part of the trace, and where.</param>
public sealed record LackeyTraceWorkload(string Name, string Path, LackeyTraceOptions Options) : Workload(Name)
{
    /// <inheritdoc/>
    public override void Validate()
    {
        RequireRange(nameof(Options.AccessesMax), Options.AccessesMax, 0, long.MaxValue);
        RequireRange(nameof(Options.OffsetPages), Options.OffsetPages, 0, (1L << VirtualPageNumber.Bits) - 1);
        if (!File.Exists(Path))
        {
            throw new WorkloadException(Name, nameof(Path), $"there is no trace file '{Path}'; check the path");
        }
    }

    /// <inheritdoc/>
    protected override AccessStream OpenCore(int warp, int warps, ulong seed) => warps == 1
        ? new LackeyTraceReader(Path, () => TraceFile.Open(Path), Options)
        : throw new WorkloadException(
            Name,
            nameof(Path),
            $"a recorded trace is the work of one thread and cannot be shared by {warps} warps; give it to a processor with 1");
}
