using System.Security.Cryptography;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>The recorded traces that submitters have sent to this member: files named by the digest of their bytes, in a folder of this process.</summary>
internal sealed class TraceCache : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-traces-").FullName;

    /// <summary>The folder, for a scenario's paths.</summary>
    public string Folder => _folder;

    /// <summary>Whether the file is here and whole.</summary>
    public bool Has(string digest) => File.Exists(PathOf(digest));

    /// <summary>How much of a file has arrived.</summary>
    public long Arrived(string digest) => File.Exists(PartOf(digest)) ? new FileInfo(PartOf(digest)).Length : 0;

    /// <summary>Takes in the next bytes of a file; true if it is whole now.</summary>
    /// <exception cref="InvalidDataException">The whole file has another digest.</exception>
    public bool Append(string digest, ReadOnlySpan<byte> content, long totalBytes)
    {
        using (FileStream file = new(PartOf(digest), FileMode.Append))
        {
            file.Write(content);
            if (file.Length < totalBytes)
            {
                return false;
            }
        }

        byte[] actual;
        using (FileStream file = File.OpenRead(PartOf(digest)))
        {
            actual = SHA256.HashData(file);
        }

        if (Convert.ToHexStringLower(actual) != digest)
        {
            File.Delete(PartOf(digest));
            throw new InvalidDataException(
                $"a recorded trace has changed while it was sent: expected SHA-256 {digest}, got {Convert.ToHexStringLower(actual)}");
        }

        File.Move(PartOf(digest), PathOf(digest), overwrite: true);
        return true;
    }

    /// <summary>Deletes the files.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string digest) => Path.Combine(_folder, Named(digest));

    private string PartOf(string digest) => Path.Combine(_folder, Named(digest) + ".part");

    // The name comes from another process: it must be a digest and no path.
    private static string Named(string digest) => digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower)
        ? digest
        : throw new InvalidDataException($"'{digest}' is no SHA-256 digest");
}
