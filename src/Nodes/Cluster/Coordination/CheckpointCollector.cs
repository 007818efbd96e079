using System.Security.Cryptography;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Wire;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>
/// Puts together the checkpoints of one attempt from the parts of its members, one checkpoint at a time. It knows how much of each part
/// has come; whoever uses it asks for the rest.
/// </summary>
/// <param name="run">The checkpoints of the run.</param>
/// <param name="members">How many members take part.</param>
internal sealed class CheckpointCollector(RunCheckpoints run, int members) : IDisposable
{
    private readonly Part[] _parts = [.. Enumerable.Range(0, members).Select(member => new Part(member))];
    private ICheckpointWriter? _writer;
    private long _number;

    /// <summary>Counts the cuts that were ordered in this attempt.</summary>
    public int Cut { get; private set; }

    /// <summary>Whether parts are missing.</summary>
    public bool IsOpen => _writer is not null;

    /// <summary>The longest time for which a member stood still for the last checkpoint.</summary>
    public TimeSpan Pause => TimeSpan.FromMicroseconds(_parts.Max(part => part.Facts.PauseMicroseconds));

    /// <summary>The members whose parts are not whole, and how much of each has come.</summary>
    public IEnumerable<(int Member, long Offset)> Missing => _parts.Where(part => !part.IsWhole).Select(part => (part.Member, part.Arrived));

    /// <summary>Begins the next checkpoint.</summary>
    /// <exception cref="CheckpointException">The store cannot be written to.</exception>
    public void Begin()
    {
        _number = run.Numbers.Next();
        Array.ForEach(_parts, part => part.Begin());
        _writer = run.Settings.Store!.Begin(_number);

        // Only now: the members count the cuts that they make.
        Cut++;
    }

    /// <summary>Takes a piece; true if it is the one that was missing next. A piece that came before is ignored.</summary>
    /// <exception cref="CheckpointException">The store cannot be written to.</exception>
    public bool Take(PartPiece piece)
    {
        Part part = _parts[piece.Self];
        if (_writer is null || piece.Cut != Cut || piece.Offset != part.Arrived || part.IsWhole)
        {
            return false;
        }

        part.Take(piece);
        _writer.Append(part.Name, piece.Content.Span);
        return true;
    }

    /// <summary>Makes the checkpoint complete, if all parts are there; else returns null.</summary>
    /// <exception cref="CheckpointException">The store cannot be written to, or a part was changed on its way.</exception>
    public SavedCheckpoint? Finish()
    {
        if (_writer is null || _parts.Any(part => !part.IsWhole))
        {
            return null;
        }

        CheckpointManifest manifest = run.Numbers.Manifest(
            _number,
            _parts.Min(part => part.Facts.EarliestPicoseconds),
            _parts.Max(part => part.Facts.LastStepPicoseconds),
            _parts.Select(part => part.Finish()));
        _writer.Commit(ManifestText.Write(manifest));
        Abandon();
        return new SavedCheckpoint(run.Settings.Store!, manifest);
    }

    /// <summary>Gives up the checkpoint under way; the earlier ones stay.</summary>
    public void Abandon()
    {
        _writer?.Dispose();
        _writer = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Abandon();
        Array.ForEach(_parts, part => part.Dispose());
    }

    private sealed class Part(int member) : IDisposable
    {
        private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private bool _hasFacts;

        public int Member => member;

        public string Name { get; } = FormattableString.Invariant($"part-{member:d3}.bin");

        public PartFacts Facts { get; private set; } = new();

        public long Arrived { get; private set; }

        public bool IsWhole => _hasFacts && Arrived == Facts.Bytes;

        public void Begin()
        {
            _hasFacts = false;
            Arrived = 0;
            _ = _digest.GetHashAndReset();
        }

        public void Take(PartPiece piece)
        {
            if (piece.Facts is { } facts)
            {
                (Facts, _hasFacts) = (facts, true);
            }

            _digest.AppendData(piece.Content.Span);
            Arrived += piece.Content.Length;
        }

        public CheckpointPart Finish()
        {
            string digest = Convert.ToHexStringLower(_digest.GetHashAndReset());
            return digest == Facts.Digest
                ? new CheckpointPart(Name, Facts.Bytes, digest, [.. Facts.Nodes])
                : throw new CheckpointException(Name, "sha256", digest, Facts.Digest, "the part was changed on its way");
        }

        public void Dispose() => _digest.Dispose();
    }
}
