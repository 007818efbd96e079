namespace HmmSim.Nodes.Workloads;

/// <summary>Touches every n-th page of a buffer, one page at a time: a column walk, or a probe of the prefetcher.</summary>
/// <param name="Name">Name of the stream.</param>
/// <param name="Buffer">The buffer.</param>
/// <param name="StridePages">Pages from one touch to the next, at least 1; the first touch is the first page.</param>
/// <param name="Passes">Walks over the buffer, at least 1.</param>
/// <param name="AccessesPerPage">Operations on each touched page, at least 1.</param>
/// <param name="Operation">What is done to each word.</param>
/// <param name="Partition">How the touches are dealt to warps.</param>
public sealed record StridedWorkload(
    string Name,
    PageRange Buffer,
    long StridePages,
    int Passes = 1,
    int AccessesPerPage = 1,
    AccessOperation Operation = AccessOperation.Read,
    WorkPartition Partition = WorkPartition.GridStride) : Workload(Name)
{
    /// <inheritdoc/>
    public override void Validate()
    {
        RequireBuffer(nameof(Buffer), Buffer);
        RequireRange(nameof(StridePages), StridePages, 1, long.MaxValue);
        RequireRange(nameof(Passes), Passes, 1, int.MaxValue);
        RequireRange(nameof(AccessesPerPage), AccessesPerPage, 1, int.MaxValue / 2);
        RequireDefined(nameof(Operation), Operation);
        RequireDefined(nameof(Partition), Partition);
    }

    /// <inheritdoc/>
    protected override AccessStream OpenCore(int warp, int warps, ulong seed)
    {
        var touches = ((Buffer.Pages - 1) / StridePages) + 1;
        return new Stream(this, new TurnShare(Partition, touches, 1, warp, warps));
    }

    private sealed class Stream(StridedWorkload workload, TurnShare share) : AccessStream
    {
        private readonly AccessKind _kind = workload.Operation.Kind();
        private readonly int _accesses = workload.AccessesPerPage * workload.Operation.Accesses();
        private long _touch = share.Begin;
        private int _passesLeft = share.IsOver(share.Begin) ? 0 : workload.Passes;

        public override int StateWords => 2;

        public override bool TryNext(out AccessRun run)
        {
            if (_passesLeft == 0)
            {
                run = default;
                return false;
            }

            run = new AccessRun(workload.Buffer.Begin + (_touch * workload.StridePages), 1, _accesses, _kind);
            _touch = share.Next(_touch);
            if (share.IsOver(_touch))
            {
                _touch = share.Begin;
                _passesLeft--;
            }

            return true;
        }

        protected override void CaptureCore(Span<ulong> state)
        {
            state[0] = (ulong)_touch;
            state[1] = (ulong)_passesLeft;
        }

        protected override void RestoreCore(ReadOnlySpan<ulong> state)
        {
            _touch = (long)state[0];
            _passesLeft = (int)state[1];
        }
    }
}
