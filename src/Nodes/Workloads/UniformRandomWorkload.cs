namespace HmmSim.Nodes.Workloads;

/// <summary>
/// Independent touches of uniformly random pages: GUPS (HPC Challenge RandomAccess) with the default operation, a hash
/// table with a smaller <paramref name="WritePercent"/>.
/// </summary>
/// <param name="Name">Name of the stream.</param>
/// <param name="Buffer">The buffer.</param>
/// <param name="Touches">Number of touches, 0 or more.</param>
/// <param name="Scope">Whether <paramref name="Touches"/> counts those of all warps or of each.</param>
/// <param name="Operation">What a writing touch does.</param>
/// <param name="WritePercent">Percentage of touches that do <paramref name="Operation"/>, 0 to 100; the others read once.</param>
public sealed record UniformRandomWorkload(
    string Name,
    PageRange Buffer,
    long Touches,
    CountScope Scope = CountScope.Total,
    AccessOperation Operation = AccessOperation.Update,
    int WritePercent = 100) : Workload(Name)
{
    /// <inheritdoc/>
    public override void Validate()
    {
        RequireBuffer(nameof(Buffer), Buffer);
        RequireRange(nameof(Touches), Touches, 0, long.MaxValue);
        RequireDefined(nameof(Scope), Scope);
        RequireDefined(nameof(Operation), Operation);
        RequireRange(nameof(WritePercent), WritePercent, 0, 100);
    }

    /// <inheritdoc/>
    protected override AccessStream OpenCore(int warp, int warps, ulong seed) =>
        new Stream(this, ShareOf(Touches, Scope, warp, warps), StreamSeed.Of(seed, Name, warp));

    private sealed class Stream(UniformRandomWorkload workload, long touches, ulong seed) : AccessStream
    {
        private readonly ulong _begin = workload.Buffer.Begin.Value;
        private readonly ulong _pages = (ulong)workload.Buffer.Pages;
        private readonly ulong _writePercent = (ulong)workload.WritePercent;
        private readonly AccessKind _kind = workload.Operation.Kind();
        private readonly int _accesses = workload.Operation.Accesses();
        private SplitMix64 _random = new(seed);
        private long _touchesLeft = touches;

        public override int StateWords => 2;

        public override bool TryNext(out AccessRun run)
        {
            if (_touchesLeft == 0)
            {
                run = default;
                return false;
            }

            _touchesLeft--;
            var page = _begin + _random.Below(_pages);

            // A second number decides, drawn only when there is a choice: the page takes all bits of the first.
            run = _writePercent == 100 || (_writePercent != 0 && _random.Below(100) < _writePercent)
                ? new AccessRun(new(page), 1, _accesses, _kind)
                : new AccessRun(new(page), 1, 1, AccessKind.Read);
            return true;
        }

        protected override void CaptureCore(Span<ulong> state)
        {
            state[0] = _random.State;
            state[1] = (ulong)_touchesLeft;
        }

        protected override void RestoreCore(ReadOnlySpan<ulong> state)
        {
            _random.State = state[0];
            _touchesLeft = (long)state[1];
        }
    }
}
