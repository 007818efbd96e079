namespace HmmSim.Nodes.Workloads;

/// <summary>No accesses at all.</summary>
public sealed class EmptyAccessStream : AccessStream
{
    /// <summary>The one instance: it has no state.</summary>
    public static readonly EmptyAccessStream Instance = new();

    private EmptyAccessStream()
    {
    }

    /// <inheritdoc/>
    public override int StateWords => 0;

    /// <inheritdoc/>
    public override bool TryNext(out AccessRun run)
    {
        run = default;
        return false;
    }

    /// <inheritdoc/>
    protected override void CaptureCore(Span<ulong> state)
    {
    }

    /// <inheritdoc/>
    protected override void RestoreCore(ReadOnlySpan<ulong> state)
    {
    }
}
