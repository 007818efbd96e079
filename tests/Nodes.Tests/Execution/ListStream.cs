using HmmSim.Nodes.Workloads;

namespace HmmSim.Nodes.Tests.Execution;

/// <summary>Accesses written down in a test.</summary>
internal sealed class ListStream(params AccessRun[] runs) : AccessStream
{
    private int _next;

    public override int StateWords => 1;

    public override bool TryNext(out AccessRun run)
    {
        run = _next < runs.Length ? runs[_next] : default;
        return _next++ < runs.Length;
    }

    protected override void CaptureCore(Span<ulong> state) => state[0] = (ulong)_next;

    protected override void RestoreCore(ReadOnlySpan<ulong> state) => _next = (int)state[0];
}
