using System.IO.Compression;
using System.Text;
using HmmSim.Nodes.Workloads;

namespace HmmSim.Nodes.Tests.Workloads;

/// <summary>Whatever the bytes, a trace is read to its end or refused by a <see cref="TraceFormatException"/>.</summary>
public class LackeyTraceFuzzTests
{
    /// <summary>Characters that bring a mutation near to a valid line.</summary>
    private const string Likely = "0123456789abcdef,ILSM \n\r=-x";

    private static readonly string[] Seeds =
    [
        "I  0401ab70,3", " S 1fff000548,8", " L 04222caf,8", " M 0421d7cc,4", "==4639== Lackey", "", " L 00001fff,16",
    ];

    /// <summary>120,000 inputs of 1 to 3 lines with 0 to 3 mutations each; a good share must be on either side.</summary>
    [Fact]
    public void Mutated_lines_are_read_or_refused()
    {
        var random = new SplitMix64(2026);
        var (parsed, refused) = (0, 0);
        var bytes = new List<byte>();
        for (var input = 0; input < 120_000; input++)
        {
            bytes.Clear();
            for (var line = random.Below(3); line < 3; line++)
            {
                bytes.AddRange(Encoding.ASCII.GetBytes(Seeds[random.Below((ulong)Seeds.Length)]));
                bytes.Add((byte)'\n');
            }

            for (var mutations = random.Below(4); mutations > 0; mutations--)
            {
                Mutate(bytes, ref random);
            }

            if (TryRead([.. bytes]))
            {
                parsed++;
            }
            else
            {
                refused++;
            }
        }

        Assert.InRange(parsed, 30_000, 110_000);
        Assert.Equal(120_000, parsed + refused);
        Assert.InRange(refused, 10_000, 90_000);
    }

    [Fact]
    public void Damaged_gzip_is_read_or_refused()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            var lines = Enumerable.Range(0, 300).Select(line => $" L {line * 7919:x8},8\n");
            gzip.Write(Encoding.ASCII.GetBytes(string.Concat(lines)));
        }

        var random = new SplitMix64(7);
        var refused = 0;
        for (var input = 0; input < 10_000; input++)
        {
            var bytes = target.ToArray();
            for (var mutations = 1 + random.Below(3); mutations > 0; mutations--)
            {
                bytes[random.Below((ulong)bytes.Length)] ^= (byte)(1 << (int)random.Below(8));
            }

            refused += TryRead(bytes) ? 0 : 1;
        }

        // Only flips in header fields that nobody reads may pass: the check sum guards the rest.
        Assert.InRange(refused, 9_000, 10_000);
    }

    private static void Mutate(List<byte> bytes, ref SplitMix64 random)
    {
        if (bytes.Count == 0)
        {
            return;
        }

        var at = (int)random.Below((ulong)bytes.Count);
        var value = random.Below(2) == 0 ? (byte)random.Below(256) : (byte)Likely[(int)random.Below((ulong)Likely.Length)];
        switch (random.Below(5))
        {
            case 0:
                bytes[at] = value;
                break;
            case 1:
                bytes.Insert(at, value);
                break;
            case 2:
                bytes.RemoveAt(at);
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, 20)));
                break;
        }
    }

    /// <summary>True if the input was read to its end, false if it was refused; anything else fails the test.</summary>
    private static bool TryRead(byte[] bytes)
    {
        try
        {
            using var reader = new LackeyTraceReader(
                "fuzz", () => TraceFile.Decompressed(new MemoryStream(bytes)), LackeyTraceOptions.Default);
            var runs = 0;
            while (reader.TryNext(out var run))
            {
                Assert.True(run.Pages == 1 && run.AccessesPerPage > 0 && run.Begin.Value < 1UL << 45);
                Assert.True(++runs <= bytes.Length * 100, "more runs than the input can hold");
            }

            return true;
        }
        catch (TraceFormatException problem)
        {
            Assert.InRange(problem.Line, 1, 100 * (bytes.Length + 1));
            Assert.InRange(problem.Message.Length, 10, 600);
            return false;
        }
    }
}
