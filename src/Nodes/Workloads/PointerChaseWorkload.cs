namespace HmmSim.Nodes.Workloads;

/// <summary>
/// Follows a linked list that visits every page of a buffer once in pseudo-random order and then starts again: each
/// access depends on the one before, so latency is all that counts. The list is the same for all warps; warps start
/// spread evenly over it, so that with one step per page in total they visit each page exactly once.
/// </summary>
/// <param name="Name">Name of the stream.</param>
/// <param name="Buffer">The buffer.</param>
/// <param name="Steps">Number of steps, 0 or more.</param>
/// <param name="Scope">Whether <paramref name="Steps"/> counts those of all warps or of each.</param>
/// <param name="Operation">What is done to each node of the list.</param>
public sealed record PointerChaseWorkload(
    string Name,
    PageRange Buffer,
    long Steps,
    CountScope Scope = CountScope.Total,
    AccessOperation Operation = AccessOperation.Read) : Workload(Name)
{
    /// <inheritdoc/>
    public override void Validate()
    {
        RequireBuffer(nameof(Buffer), Buffer);
        RequireRange(nameof(Steps), Steps, 0, long.MaxValue);
        RequireDefined(nameof(Scope), Scope);
        RequireDefined(nameof(Operation), Operation);
    }

    /// <inheritdoc/>
    protected override AccessStream OpenCore(int warp, int warps, ulong seed)
    {
        var start = new TurnShare(WorkPartition.Block, Buffer.Pages, 1, warp, warps).Begin;
        var list = new PagePermutation((ulong)Buffer.Pages, StreamSeed.Of(seed, Name));

        // More warps than pages: an empty part may begin behind the last node.
        return new Stream(this, list, (ulong)(start % Buffer.Pages), ShareOf(Steps, Scope, warp, warps));
    }

    private sealed class Stream(PointerChaseWorkload workload, PagePermutation list, ulong start, long steps) : AccessStream
    {
        private readonly ulong _begin = workload.Buffer.Begin.Value;
        private readonly ulong _pages = (ulong)workload.Buffer.Pages;
        private readonly AccessKind _kind = workload.Operation.Kind();
        private readonly int _accesses = workload.Operation.Accesses();
        private ulong _position = start;
        private long _stepsLeft = steps;

        public override int StateWords => 2;

        public override bool TryNext(out AccessRun run)
        {
            if (_stepsLeft == 0)
            {
                run = default;
                return false;
            }

            _stepsLeft--;
            run = new AccessRun(new(_begin + list[_position]), 1, _accesses, _kind);
            _position++;
            if (_position == _pages)
            {
                _position = 0;
            }

            return true;
        }

        protected override void CaptureCore(Span<ulong> state)
        {
            state[0] = _position;
            state[1] = (ulong)_stepsLeft;
        }

        protected override void RestoreCore(ReadOnlySpan<ulong> state)
        {
            _position = state[0];
            _stepsLeft = (long)state[1];
        }
    }
}
