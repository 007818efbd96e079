using CsCheck;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Tests.Scenarios;

/// <summary>Damaged files: each one loads, or is refused with the one exception for it; nothing else may happen.</summary>
public sealed class ScenarioFuzzTests
{
    private const int Texts = 20_000;

    private static readonly string[] Lines = ScenarioText.Valid.Split('\n');

    private static readonly string[] Pieces =
    [
        ":", "-", "- ", "{", "}", "[", "]", ",", "#", "&a", "*a", "!!int", "|", ">", "'", "\"",
        "\n", "\t", "  ", "\0", "\u00e9", "\u2028", "?", "---\n", "...\n",
        "null", "~", "true", "-1", "0", "99999999999999999999", "1e9", "0x10", "1.5", "64MiB", "0ns", "45us", "name", "gpu0", "cpu0", "pattern: trace",
        "pattern: unmap", "pattern: stencil", "file: ../..", "start_after: [free]", "<<: ", "%YAML 1.2\n",
        "{a: {b: {c: {d: {", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    ];

    private static readonly Gen<string> Mutated =
        Gen.Select(
                Gen.Int[0, 5],
                Gen.Int[0, ScenarioText.Valid.Length - 1],
                Gen.Int[1, 30],
                Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]),
                Gen.Int[0, Lines.Length - 1])
            .Array[1, 4]
            .Select(mutations => mutations.Aggregate(ScenarioText.Valid, (text, mutation) => Mutate(text, mutation)));

    [Fact]
    public void A_damaged_text_loads_or_is_refused()
    {
        int loaded = 0;
        int refused = 0;
        Mutated.Sample(
            text =>
            {
                if (Loads(text))
                {
                    Interlocked.Increment(ref loaded);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }
            },
            iter: Texts);
        // Both ends must be met, or the mutations are too weak or too strong to test anything.
        Assert.True(loaded > Texts / 100, $"only {loaded} texts loaded");
        Assert.True(refused > Texts / 10, $"only {refused} texts were refused");
    }

    [Fact]
    public void Any_text_loads_or_is_refused() => Gen.String.Sample(text => Loads(text) || true, iter: Texts);

    private static bool Loads(string text)
    {
        try
        {
            Scenario scenario = ScenarioText.Load(text);
            // What loads must also have a canonical form that means the same.
            string canonical = ScenarioWriter.ToYaml(scenario);
            Assert.Equal(canonical, ScenarioWriter.ToYaml(ScenarioText.Load(canonical)));
            return true;
        }
        catch (ScenarioException exception)
        {
            Assert.NotEmpty(exception.Problems);
            return false;
        }
    }

    private static string Mutate(string text, (int Kind, int At, int Length, string Piece, int Line) mutation)
    {
        int at = text.Length == 0 ? 0 : mutation.At % text.Length;
        int length = Math.Min(mutation.Length, text.Length - at);
        return mutation.Kind switch
        {
            0 => text.Insert(at, mutation.Piece),
            1 => text.Remove(at, length),
            2 => text.Remove(at, length).Insert(at, mutation.Piece),
            3 => text.Insert(at, text.Substring(at, length)),
            4 => text.Replace(Lines[mutation.Line] + "\n", "", StringComparison.Ordinal),
            _ => text.Replace(
                Lines[mutation.Line] + "\n",
                Lines[mutation.Line] + "\n" + Lines[(mutation.Line + mutation.Length) % Lines.Length] + "\n",
                StringComparison.Ordinal),
        };
    }
}
