namespace HmmSim.Nodes.Workloads;

/// <summary>Walks a buffer from its first page to its last, once or several times: STREAM, memset, a reduction.</summary>
/// <param name="Name">Name of the stream.</param>
/// <param name="Buffer">The buffer.</param>
/// <param name="Passes">Walks over the buffer, at least 1.</param>
/// <param name="PagesPerTurn">Consecutive pages a warp takes as one run, at least 1.</param>
/// <param name="AccessesPerPage">
/// Operations on each page, at least 1 (512 words of 8 bytes; 32 loads of 128 bytes by a GPU warp).
/// </param>
/// <param name="Operation">What is done to each word.</param>
/// <param name="Partition">How the pages are dealt to warps.</param>
public sealed record SequentialWorkload(
    string Name,
    PageRange Buffer,
    int Passes = 1,
    int PagesPerTurn = 1,
    int AccessesPerPage = 1,
    AccessOperation Operation = AccessOperation.Read,
    WorkPartition Partition = WorkPartition.GridStride) : Workload(Name)
{
    /// <inheritdoc/>
    public override void Validate()
    {
        RequireBuffer(nameof(Buffer), Buffer);
        RequireRange(nameof(Passes), Passes, 1, int.MaxValue);
        RequireRange(nameof(PagesPerTurn), PagesPerTurn, 1, int.MaxValue);
        RequireRange(nameof(AccessesPerPage), AccessesPerPage, 1, int.MaxValue / 2);
        RequireDefined(nameof(Operation), Operation);
        RequireDefined(nameof(Partition), Partition);
    }

    /// <inheritdoc/>
    protected override AccessStream OpenCore(int warp, int warps, ulong seed) =>
        new Stream(this, new TurnShare(Partition, Buffer.Pages, PagesPerTurn, warp, warps));

    private sealed class Stream(SequentialWorkload workload, TurnShare share) : AccessStream
    {
        private readonly AccessKind _kind = workload.Operation.Kind();
        private readonly int _accesses = workload.AccessesPerPage * workload.Operation.Accesses();
        private long _page = share.Begin;
        private int _passesLeft = share.IsOver(share.Begin) ? 0 : workload.Passes;

        public override int StateWords => 2;

        public override bool TryNext(out AccessRun run)
        {
            if (_passesLeft == 0)
            {
                run = default;
                return false;
            }

            run = new AccessRun(workload.Buffer.Begin + _page, (int)share.Units(_page), _accesses, _kind);
            _page = share.Next(_page);
            if (share.IsOver(_page))
            {
                _page = share.Begin;
                _passesLeft--;
            }

            return true;
        }

        protected override void CaptureCore(Span<ulong> state)
        {
            state[0] = (ulong)_page;
            state[1] = (ulong)_passesLeft;
        }

        protected override void RestoreCore(ReadOnlySpan<ulong> state)
        {
            _page = (long)state[0];
            _passesLeft = (int)state[1];
        }
    }
}
