using System.Globalization;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using YamlDotNet.RepresentationModel;

namespace HmmSim.Conformance.Scripts;

/// <summary>Binds the steps of a script scenario: names to indices, words to values, ranges to what is there.</summary>
internal sealed class StepBinder(string file, IReadOnlyList<ScriptBuffer> buffers, IReadOnlyList<ScriptFile> files)
{
    private const int TimesAtMost = 100_000;
    private const int FlagsAtMost = 255;
    private const string StepMeaning = "a step: one word with its keys, such as - open: {device: 0}";

    private static readonly string[] CommonKeys = ["process", "only", "expect"];

    private readonly Dictionary<string, int> _buffers =
        buffers.Select((buffer, index) => (buffer.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index);
    private readonly Dictionary<string, int> _files =
        files.Select((item, index) => (item.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index);
    private readonly Dictionary<string, string> _processes =
        new() { [ScriptScenario.FirstProcess] = ScriptScenario.FirstProcess };

    /// <summary>The processes that steps name, the first one included.</summary>
    public int ProcessCount => _processes.Count;

    public List<ScriptStep> Bind(IEnumerable<YamlNode> steps) => [.. steps.Select(Bind)];

    private ScriptStep Bind(YamlNode node)
    {
        if (node is not YamlMappingNode { Children.Count: 1 } mapping
            || mapping.Children[0].Key is not YamlScalarNode { Value: { } word } key)
        {
            throw SectionReader.Error(file, node, "is no step", StepMeaning);
        }

        IEnumerable<string> words = StepForm.All.Select(form => form.Word);
        StepForm form = StepForm.All.FirstOrDefault(form => form.Word == word)
            ?? throw SectionReader.Error(file, key, $"'{SectionReader.Shorten(word)}' is no step",
                $"{string.Join(", ", words)}{Spelling.Suggest(word, words)}");
        IEnumerable<string> keys = form.Word == StepForm.Repeat ? form.Keys.Append("only") : form.Keys.Concat(CommonKeys);
        return Bind(new SectionReader(file, mapping.Children[0].Value, StepMeaning, keys), form, key.Start.Line);
    }

    private ScriptStep Bind(SectionReader reader, StepForm form, long line)
    {
        ScriptStep step = new()
        {
            Kind = form.Kind,
            Word = form.Word,
            Line = line,
            Only = reader.Has("only") ? reader.Word("only", "a kind of device memory", ScriptWords.Devices) : null,
        };
        if (form.Word == StepForm.Repeat)
        {
            return step with { Count = reader.Integer("times", 1, TimesAtMost, "how often"), Steps =
                Bind(reader.List("steps", "a list of steps")) };
        }

        step = BindPlace(reader, form, step);
        step = BindArguments(reader, form, step);
        return step with { Expected = reader.Has("expect") ? ExpectationBinder.Bind(reader, step.Pages.Count)
            : new Expectation() };
    }

    private ScriptStep BindPlace(SectionReader reader, StepForm form, ScriptStep step)
    {
        if (reader.Has("process"))
        {
            step = step with { Process = reader.Word("process", "a process that is there or was forked before", _processes) };
        }

        if (form.Kind == CallKind.Fork)
        {
            string child = reader.Text("child", "a name for the child");
            _processes[child] = child;
            step = step with { Child = child };
        }

        if (form.Has("device"))
        {
            step = step with { Device = reader.Integer("device", 0, 1, "a device"), IsInherited = form.Has("inherited")
                && reader.Flag("inherited") };
        }

        if (form.Has("buffer"))
        {
            int buffer = reader.Word("buffer", "a buffer", _buffers);
            step = step with { Buffer = buffer, Pages = PagesOf(reader, buffers[buffer].PageCount) };
        }

        return step;
    }

    private ScriptStep BindArguments(SectionReader reader, StepForm form, ScriptStep step)
    {
        if (form.Has("protection"))
        {
            step = step with
            {
                Protections = reader.Has("protection") || form.Kind == CallKind.Protect
                    ? reader.Word("protection", "a protection", ScriptWords.Protections)
                    : Protections.ReadWrite,
            };
        }

        if (form.Has("value"))
        {
            step = step with { Values = ValuesOf(reader, form.Kind, step.Pages.Count) };
        }

        return form.Kind switch
        {
            CallKind.Map => BindFile(reader, step with
            {
                Backing = reader.Has("backing") ? reader.Word("backing", "what is behind the pages", ScriptWords.Backings)
                    : AreaBacking.Anonymous,
            }),
            CallKind.Remap => BindTarget(reader, step),
            CallKind.Advise => step with { Advice = reader.Word("advice", "an advice", ScriptWords.Advices) },
            CallKind.Truncate => step with
            {
                File = reader.Word("file", "a file", _files),
                Count = reader.Integer("length", 0, ScriptLoader.PagesAtMost, "a number of pages"),
            },
            CallKind.ReadPins => step with { Pages =
                new PageRange(0, reader.Integer("length", 1, ScriptLoader.PagesAtMost, "a number of pages")) },
            CallKind.Pin => step with { IsWrite = reader.Flag("write") },
            CallKind.SetFlags => step with { Count = reader.Integer("flags", 0, FlagsAtMost, "flags of the driver") },
            _ => step,
        };
    }

    private ScriptStep BindFile(SectionReader reader, ScriptStep step)
    {
        bool needsFile = step.Backing is AreaBacking.FilePrivate or AreaBacking.FileShared or AreaBacking.FsDax;
        return needsFile == reader.Has("file")
            ? needsFile ? step with { File = reader.Word("file", "a file", _files) } : step
            : throw reader.Error(needsFile ? "'file' is missing"
                : "'file' does not belong here", "a file for file_private, file_shared and fs_dax, and for nothing else");
    }

    private ScriptStep BindTarget(SectionReader reader, ScriptStep step)
    {
        int target = reader.Word("to", "a buffer", _buffers);
        int room = buffers[target].PageCount - step.Pages.Count;
        return room < 0
            ? throw reader.Error("to", $"'to' is shorter than {step.Pages.Count} pages",
                "a buffer that has room for the moved pages")
            : step with
            {
                TargetBuffer = target,
                KeepsSource = reader.Flag("keep_source"),
                TargetPage = reader.Has("to_page")
                    ? reader.Integer("to_page", 0, room, "a page such that the moved pages end inside the buffer") : 0,
            };
    }

    private static PageRange PagesOf(SectionReader reader, int pages)
    {
        if (!reader.Has("pages"))
        {
            return new PageRange(0, pages);
        }

        string meaning = string.Create(CultureInfo.InvariantCulture,
            $"a page or a range such as 0..5, inside the {pages} pages of the buffer");
        string text = reader.Text("pages", meaning);
        string[] ends = text.Split("..");
        bool isRange = int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            & int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last);
        return isRange && ends.Length <= 2 && first <= last && last < pages
            ? new PageRange(first, last - first + 1)
            : throw reader.Error("pages", $"'pages' is '{SectionReader.Shorten(text)}'", meaning);
    }

    private static PageValues ValuesOf(SectionReader reader, CallKind kind, int pages)
    {
        PageValues values = ExpectationBinder.ValuesOf(reader)
            ?? throw reader.Error("'value' is missing", "value: N for all pages, or values: {first: N, each_page: 1}");
        return kind != CallKind.DeviceWrite || values.EachPage == 1 || pages == 1
            ? values
            : throw reader.Error("a device writes another value to each page",
                "values: {first: N}, as the driver adds 1 for each page");
    }
}
