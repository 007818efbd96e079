namespace HmmSim.Nodes.Workloads;

/// <summary>
/// What one warp of a device or one thread of a CPU executes, in program order. A stream is not thread-safe, allocates
/// nothing per call, and is the same for the same workload, warp, warp count and seed on every machine.
/// </summary>
/// <remarks>
/// The position of a stream is at most <see cref="StateWordsMax"/> words of plain data, so that a checkpoint can store it
/// and a stream opened again from the same description can continue from it.
/// </remarks>
public abstract class AccessStream : IDisposable
{
    /// <summary>Upper bound of <see cref="StateWords"/> over all streams, for buffers of fixed size.</summary>
    public const int StateWordsMax = 8;

    /// <summary>Words that <see cref="Capture"/> writes and <see cref="Restore"/> reads.</summary>
    public abstract int StateWords { get; }

    /// <summary>Takes the next run.</summary>
    /// <returns>False at the end of the work; every later call is false too.</returns>
    public abstract bool TryNext(out AccessRun run);

    /// <summary>Writes the position of the stream into the first <see cref="StateWords"/> words.</summary>
    /// <exception cref="ArgumentException"><paramref name="state"/> is shorter than that.</exception>
    public void Capture(Span<ulong> state) => CaptureCore(state[..Required(state.Length)]);

    /// <summary>Moves the stream to a position captured from a stream of the same workload, warp, warp count and seed.</summary>
    /// <exception cref="ArgumentException"><paramref name="state"/> is shorter than <see cref="StateWords"/>.</exception>
    public void Restore(ReadOnlySpan<ulong> state) => RestoreCore(state[..Required(state.Length)]);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes exactly <see cref="StateWords"/> words.</summary>
    protected abstract void CaptureCore(Span<ulong> state);

    /// <summary>Reads exactly <see cref="StateWords"/> words.</summary>
    protected abstract void RestoreCore(ReadOnlySpan<ulong> state);

    /// <summary>Releases what the stream holds open; generated streams hold nothing.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private int Required(int offered) => offered >= StateWords
        ? StateWords
        : throw new ArgumentException(
            $"the position of a {GetType().Name} is {StateWords} words, but only {offered} were offered");
}
