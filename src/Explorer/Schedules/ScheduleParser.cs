using System.Collections.Immutable;
using System.Globalization;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Schedules;

/// <summary>
/// Reads what <see cref="ScheduleWriter"/> writes, and nothing else: every field in its place, every hash that of its words.
/// </summary>
public static class ScheduleParser
{
    private const int WordsAtMost = 1 << 16;

    /// <summary>Reads a schedule file.</summary>
    /// <exception cref="InputException">The file cannot be read or something in it is wrong.</exception>
    public static Schedule Load(string file) => Parse(InputFile.ReadText(file, "a schedule that 'hmmsim explore' wrote"), file);

    /// <summary>Reads the text of a schedule.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="InputException">Something in it is wrong.</exception>
    public static Schedule Parse(string text, string file)
    {
        ScheduleLines lines = new(text, file);
        lines.TakeExactly(ScheduleWriter.FirstLine, "another number is another version of the format");
        string program = lines.Take("program");
        ModelConfiguration configuration = new(lines.Take("model"));
        while (lines.TryTakeNamed("parameter") is { } parameter)
        {
            configuration = configuration.Parameters.ContainsKey(parameter.Name)
                ? throw lines.Problem($"parameter {parameter.Name}", "stands twice", "each parameter once")
                : configuration.With(parameter.Name, parameter.Value);
        }

        while (lines.TryTakeNamed("script") is { } script)
        {
            ImmutableArray<string> operations = [.. script.Value.Split("; ", StringSplitOptions.RemoveEmptyEntries)];
            configuration = configuration with { Scripts = configuration.Scripts.Add(new ActorScript(script.Name, operations)) };
        }

        string property = lines.Take("property");
        string engine = lines.Take("engine");
        ulong seed = Number(lines, "seed", lines.Take("seed"), ulong.MaxValue);
        int initial = (int)Number(lines, "initial", lines.Take("initial"), int.MaxValue);
        ImmutableArray<ulong> first = ReadStart(lines);
        List<ScheduleStep> steps = [];
        ulong[] state = [.. first];
        while (lines.TryTakeNamed("step") is { } step)
        {
            if (step.Name != (steps.Count + 1).ToString(CultureInfo.InvariantCulture))
            {
                throw lines.Problem($"step {step.Name}", "is out of order", $"step {steps.Count + 1}", column: 6);
            }

            steps.Add(ReadStep(lines, steps.Count + 1, step.Value, state));
        }

        int? loop = lines.TryTake("loop") is { } begin
            ? (int)Number(lines, "loop", begin, (ulong)Math.Max(0, steps.Count - 1))
            : null;
        string end = lines.Take("end");
        string count = $"{steps.Count} steps";
        if (end != count)
        {
            throw lines.Problem("end", $"says '{end}', but there are {count}", $"'{count}': a line is missing or too many");
        }

        lines.TakeEnd();
        return new Schedule
        {
            Program = program,
            Configuration = configuration,
            Property = property,
            Engine = engine,
            Seed = seed,
            InitialState = initial,
            FirstState = first,
            Steps = [.. steps],
            LoopStart = loop,
        };
    }

    private static ImmutableArray<ulong> ReadStart(ScheduleLines lines)
    {
        string[] parts = Split(lines, "start", lines.Take("start"), "hash", "words");
        ImmutableArray<WordChange> words = Words(lines, "start", parts[1], WordsAtMost);
        if (words.Where((change, index) => change.Word != index).Any())
        {
            throw lines.Problem("start words", "are not all words of a state", "words 0, 1, 2 and so on");
        }

        ImmutableArray<ulong> state = [.. words.Select(change => change.Value)];
        CheckHash(lines, "start", Hash(lines, "start", parts[0]), [.. state]);
        return state;
    }

    private static ScheduleStep ReadStep(ScheduleLines lines, int number, string value, ulong[] state)
    {
        string field = $"step {number}";
        int comment = value.IndexOf(" # ", StringComparison.Ordinal);
        string[] parts = Split(lines, field, comment < 0 ? value : value[..comment], "transition", "hash", "words");
        int transition = (int)Number(lines, $"{field} transition", parts[0], ushort.MaxValue);
        ImmutableArray<WordChange> changes = Words(lines, field, parts[2], state.Length);
        foreach (WordChange change in changes)
        {
            state[change.Word] = change.Value;
        }

        ulong hash = Hash(lines, field, parts[1]);
        CheckHash(lines, field, hash, state);
        return new ScheduleStep(transition, hash, changes, comment < 0 ? "" : value[(comment + 3)..]);
    }

    /// <summary>The values of <c>first=... second=...</c>.</summary>
    private static string[] Split(ScheduleLines lines, string field, string value, params string[] keys)
    {
        string[] parts = value.Split(' ');
        for (int index = 0; index < keys.Length; index++)
        {
            string start = keys[index] + "=";
            string found = index < parts.Length ? parts[index] : "";
            if (!found.StartsWith(start, StringComparison.Ordinal))
            {
                throw lines.Problem(field, found.Length == 0
                    ? $"'{keys[index]}' is missing"
                    : $"'{found}' is not '{start}...'", $"'{start}...'", NearestWord.Of(found.Split('=')[0], [keys[index]]));
            }

            parts[index] = found[start.Length..];
        }

        return parts.Length == keys.Length ? parts : throw lines.Problem(field, $"'{parts[keys.Length]}' follows the last field",
            "nothing behind it but ' # ' and a comment");
    }

    private static ulong Number(ScheduleLines lines, string field, string text, ulong maximum) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number <= maximum
            ? number
            : throw lines.Problem(field, $"is '{text}'", $"a whole number from 0 to {maximum}");

    private static ulong Hash(ScheduleLines lines, string field, string text) =>
        text.Length == 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hash)
            ? hash
            : throw lines.Problem($"{field} hash", $"is '{text}'", "16 hexadecimal digits");

    private static ImmutableArray<WordChange> Words(ScheduleLines lines, string field, string text, int words)
    {
        if (text == "none")
        {
            return [];
        }

        List<WordChange> changes = [];
        foreach (string part in text.Split(','))
        {
            string[] pair = part.Split(':');
            bool isRead = pair.Length == 2
                & int.TryParse(pair[0], NumberStyles.None, CultureInfo.InvariantCulture, out int word)
                & ulong.TryParse(pair[^1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value);
            if (!isRead || word >= words || (changes.Count > 0 && word <= changes[^1].Word))
            {
                throw lines.Problem($"{field} words", $"'{part}' is no change",
                    $"'word:value', the words ascending and below {words}, the value hexadecimal; or 'none'");
            }

            changes.Add(new WordChange(word, value));
        }

        return [.. changes];
    }

    private static void CheckHash(ScheduleLines lines, string field, ulong hash, ulong[] state)
    {
        if (StateHash.Of(state) != hash)
        {
            throw lines.Problem($"{field} hash", $"is {hash:x16}, but the words give {StateHash.Of(state):x16}",
                "both as they were written: the line was changed or damaged");
        }
    }
}
