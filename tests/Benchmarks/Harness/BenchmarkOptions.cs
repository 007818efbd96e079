using System.Globalization;

namespace HmmSim.Benchmarks.Harness;

/// <summary>The options of a benchmark: pairs of <c>--name value</c>.</summary>
internal sealed class BenchmarkOptions
{
    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="ArgumentException">An option has no value or does not begin with two dashes.</exception>
    public BenchmarkOptions(string[] args)
    {
        for (int index = 0; index < args.Length; index += 2)
        {
            if (!args[index].StartsWith("--", StringComparison.Ordinal) || index + 1 == args.Length)
            {
                throw new ArgumentException($"'{args[index]}' is not a pair '--option value'");
            }

            _values[args[index][2..]] = args[index + 1];
        }
    }

    /// <summary>A list of whole numbers, such as <c>--lps 64,1024</c>.</summary>
    public int[] Integers(string name, params int[] preset) => _values.TryGetValue(name, out string? text)
        ? [.. text.Split(',').Select(part => Parse(name, part))]
        : preset;

    /// <summary>A word, such as a file name.</summary>
    public string Text(string name, string preset) => _values.GetValueOrDefault(name, preset);

    /// <summary>One whole number.</summary>
    public int Integer(string name, int preset) => _values.TryGetValue(name, out string? text) ? Parse(name, text) : preset;

    private static int Parse(string name, string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int value) && value > 0
        ? value
        : throw new ArgumentException($"--{name} is '{text}', expected a whole number above 0");
}
