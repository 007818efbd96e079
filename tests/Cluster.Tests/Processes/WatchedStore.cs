using HmmSim.Nodes.Checkpoints;

namespace HmmSim.Cluster.Tests.Processes;

/// <summary>A store that tells of the first bytes of each checkpoint, before it takes them.</summary>
internal sealed class WatchedStore(ICheckpointStore store, Action<long> begun) : ICheckpointStore
{
    public string Name => store.Name;

    public IReadOnlyList<long> Numbers() => store.Numbers();

    public string NameOf(long number, string file) => store.NameOf(number, file);

    public byte[] ReadManifest(long number) => store.ReadManifest(number);

    public byte[] ReadPiece(long number, string part, long offset, int bytesAtMost) => store.ReadPiece(number, part, offset, bytesAtMost);

    public ICheckpointWriter Begin(long number) => new Writer(store.Begin(number), () => begun(number));

    private sealed class Writer(ICheckpointWriter writer, Action begun) : ICheckpointWriter
    {
        private bool _hasBegun;

        public void Append(string part, ReadOnlySpan<byte> bytes)
        {
            if (!_hasBegun)
            {
                _hasBegun = true;
                begun();
            }

            writer.Append(part, bytes);
        }

        public void Commit(ReadOnlySpan<byte> manifest) => writer.Commit(manifest);

        public void Dispose() => writer.Dispose();
    }
}
