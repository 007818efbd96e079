using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using HmmSim.Explorer.Models;

namespace HmmSim.Races.Models;

/// <summary>
/// Contents by their 64-bit fingerprint: the words of a state are fingerprints of the parts of the system (a machine, what is on its way
/// from it, what its threads have seen). The same part has the same word in every process and on every number of threads.
/// </summary>
/// <remarks>Two contents with one fingerprint end the exploration instead of passing for one, so a search over words is exact.</remarks>
internal sealed class ContentTable
{
    private readonly ConcurrentDictionary<ulong, byte[]> _contents = new() { [0] = [] };

    /// <summary>The word of a content; 0 for an empty one.</summary>
    public ulong Add(ReadOnlySpan<byte> content)
    {
        ulong fingerprint = FingerprintOf(content);
        if (_contents.TryGetValue(fingerprint, out byte[]? known) || !_contents.TryAdd(fingerprint, known = content.ToArray()))
        {
            known = _contents[fingerprint];
        }

        return content.SequenceEqual(known)
            ? fingerprint
            : throw new InvalidOperationException($"two contents have the fingerprint {fingerprint:x16}: explore this configuration with another size");
    }

    /// <summary>All contents.</summary>
    public IEnumerable<byte[]> All => _contents.Values;

    /// <summary>The content of a word.</summary>
    public byte[] this[ulong fingerprint] => _contents[fingerprint];

    private static ulong FingerprintOf(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            return 0;
        }

        Span<ulong> words = content.Length <= 1024 ? stackalloc ulong[(content.Length + 7) / 8 + 1] : new ulong[(content.Length + 7) / 8 + 1];
        words.Clear();
        content.CopyTo(MemoryMarshal.AsBytes(words));
        words[^1] = (ulong)content.Length;
        return StateHash.Of(words);
    }
}
