using System.Globalization;
using HmmSim.Protocol.Calls;
using YamlDotNet.RepresentationModel;

namespace HmmSim.Conformance.Scripts;

/// <summary>Binds what a step must answer, and values of pages.</summary>
internal static class ExpectationBinder
{
    private const string Meaning = "what the step answers: error, errors, signal, pages, faults, value, values, permissions";

    public static Expectation Bind(SectionReader step, int pages)
    {
        SectionReader reader = step.Section("expect", Meaning, "error", "errors", "signal", "pages", "faults", "value", "values",
            "permissions");
        Expectation expectation = new()
        {
            Errors = ErrorsOf(reader),
            Signal = reader.Has("signal") ? reader.Word("signal", "a signal", ScriptWords.Signals) : FaultSignal.None,
            PageCount = reader.Has("pages") ? reader.Integer("pages", 0, ScriptLoader.PagesAtMost, "a number of pages") : null,
            FaultCount = reader.Has("faults") ? reader.Integer("faults", 0, ScriptLoader.PagesAtMost, "a number of faults")
                : null,
            Values = ValuesOf(reader),
        };
        return reader.Has("permissions") ? expectation with { Permissions = PermissionsOf(reader, pages) } : expectation;
    }

    /// <summary>The values under <c>value</c> or <c>values</c>; null if neither is there.</summary>
    public static PageValues? ValuesOf(SectionReader reader)
    {
        if (reader.Has("value"))
        {
            return reader.Has("values") ? throw reader.Error("has both 'value' and 'values'", "one of them")
                : new PageValues(reader.Value("value"), 0, 0);
        }

        if (!reader.Has("values"))
        {
            return null;
        }

        SectionReader values = reader.Section("values", "first, and what is added for each page and each repetition", "first",
            "each_page", "each_repetition");
        return new PageValues(
            values.Value("first"),
            values.Has("each_page") ? values.Value("each_page") : 1,
            values.Has("each_repetition") ? values.Value("each_repetition") : 0);
    }

    private static IReadOnlyList<Errno> ErrorsOf(SectionReader reader)
    {
        if (reader.Has("errors"))
        {
            return
            [
                .. reader.List("errors", "a list of errors").Select(node => node is YamlScalarNode { Value: { } word }
                    && ScriptWords.Errors.TryGetValue(word, out Errno error)
                    ? error
                    : throw reader.Error("errors", "'errors' has a word that is no error",
                        string.Join(", ", ScriptWords.Errors.Keys))),
            ];
        }

        return [reader.Has("error") ? reader.Word("error", "an error", ScriptWords.Errors) : Errno.None];
    }

    private static byte[] PermissionsOf(SectionReader reader, int pages)
    {
        string meaning = string.Create(CultureInfo.InvariantCulture,
            $"one byte in hexadecimal for all pages, or {pages} of them, such as 'ff 01 22'");
        string text = reader.Text("permissions", meaning);
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        byte[] bytes = new byte[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].Length != 2 || !byte.TryParse(words[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out bytes[i]))
            {
                throw reader.Error("permissions", $"'permissions' has '{SectionReader.Shorten(words[i])}'", meaning);
            }
        }

        return bytes.Length == 1 || bytes.Length == pages
            ? bytes
            : throw reader.Error("permissions",
                string.Create(CultureInfo.InvariantCulture, $"'permissions' has {bytes.Length} bytes"), meaning);
    }
}
