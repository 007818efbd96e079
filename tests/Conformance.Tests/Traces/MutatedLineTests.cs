using System.Text;
using HmmSim.Conformance.Tests.Recordings;
using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Tests.Traces;

/// <summary>Damaged lines are read or refused; nothing else happens.</summary>
public sealed class MutatedLineTests
{
    private const int Lines = 120_000;

    private static readonly byte[] Header = Encoding.UTF8.GetBytes("{\"meta\":1}\n");

    private static readonly string[] Pieces =
    [
        "\"", "\\", "[", "]", "{", "}", ",", ":", "0", "-1", "9999999999999999999999", "1e9", "1.5", "null", "true", "\"st\"", "\"e\"", "\"v\"",
        "\"ops\"", "\"mmap\"", "\\ud800", "\u0000", "\u00e9", "|", "ff", "[[[[[[[[[[[[", "{\"a\":", "\n", "16", "4096", "260", "\"skip\":1,",
    ];

    [Fact]
    public void A_damaged_line_is_read_or_refused_and_nothing_else()
    {
        string[] sources =
        [
            .. Encoding.UTF8.GetString(Recording.Read(Recording.Private)).Split('\n')
                .Concat(Encoding.UTF8.GetString(Recording.Read(Recording.Coherent)).Split('\n'))
                .Where(line => line.Length is > 0 and < 1_500),
        ];
        int[] refused = new int[1];
        int[] read = new int[1];
        Parallel.For(0, Lines, i =>
        {
            Random random = new(i);
            byte[] line = Mutate(random, sources[random.Next(sources.Length)]);
            try
            {
                int count = new TraceReader(new MemoryStream([.. Header, .. line]), "t").ReadScripts().Count();
                Interlocked.Add(ref read[0], count > 0 ? 1 : 0);
            }
            catch (TraceFormatException exception)
            {
                Assert.StartsWith("t:", exception.Message, StringComparison.Ordinal);
                Assert.True(exception.Line >= 2, exception.Message);
                Interlocked.Increment(ref refused[0]);
            }
        });

        // Both must have happened often, or the mutations are too weak or too strong to say anything.
        Assert.InRange(refused[0], Lines / 10, Lines);
        Assert.InRange(read[0], Lines / 100, Lines);
    }

    private static byte[] Mutate(Random random, string line)
    {
        StringBuilder text = new(line);
        for (int changes = random.Next(1, 4); changes > 0 && text.Length > 0; changes--)
        {
            int at = random.Next(text.Length);
            int length = Math.Min(random.Next(1, 8), text.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(1, 128);
                    break;
                case 3:
                    text.Insert(at, text.ToString(at, length));
                    break;
                case 4:
                    text.Length = at;
                    break;
                default:
                    ReplaceNumber(random, text, at);
                    break;
            }
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (bytes.Length > 0 && random.Next(10) == 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static void ReplaceNumber(Random random, StringBuilder text, int from)
    {
        for (int at = from; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                text.Remove(at, 1).Insert(at, random.Next(4) == 0 ? random.NextInt64() : random.Next(20));
                return;
            }
        }
    }
}
