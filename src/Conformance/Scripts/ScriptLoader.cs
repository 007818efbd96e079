using HmmSim.Conformance.Systems;
using HmmSim.Protocol.Topology;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HmmSim.Conformance.Scripts;

/// <summary>
/// Loads script scenarios (YAML), strictly: an unknown key, a name that is not there or a range that does not fit is refused.
/// </summary>
public static class ScriptLoader
{
    /// <summary>Pages of a buffer or file at most: 1 GiB.</summary>
    public const int PagesAtMost = 1 << 18;

    /// <summary>Processes at most.</summary>
    public const int ProcessesAtMost = 16;

    private const string ScriptMeaning = "a script scenario: name, devices, buffers, steps";

    /// <summary>Loads a file.</summary>
    /// <exception cref="ScriptFormatException">It cannot be read, or is no script scenario.</exception>
    public static ScriptScenario Load(string path)
    {
        try
        {
            return Parse(path, File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ScriptFormatException(path, 1, 1, "the file cannot be read",
                "a script scenario such as scenarios/selftests/hmm-open-close.yaml");
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="ScriptFormatException">It is no script scenario.</exception>
    public static ScriptScenario Parse(string file, string text)
    {
        SectionReader root = new(file, RootOf(file, text), ScriptMeaning,
            ["name", "selftest", "devices", "buffers", "files", "steps"]);
        List<ScriptBuffer> buffers = root.Has("buffers")
            ? [.. Named(file, root, "buffers", "pages").Select(item => BufferOf(item.Name, item.Reader))] : [];
        List<ScriptFile> files = root.Has("files")
            ? [.. Named(file, root, "files", "pages", "value", "values").Select(item => FileOf(item.Name, item.Reader))] : [];
        StepBinder binder = new(file, buffers, files);
        List<ScriptStep> steps = binder.Bind(root.List("steps", "a list of steps"));
        return binder.ProcessCount > ProcessesAtMost
            ? throw root.Error("steps", $"there are {binder.ProcessCount} processes", $"at most {ProcessesAtMost}")
            : new ScriptScenario
            {
                Name = root.Text("name", "the name of the scenario"),
                Selftest = root.Has("selftest") ? root.Text("selftest", "the name of a kernel selftest") : string.Empty,
                Devices = DevicesOf(root),
                Buffers = buffers,
                Files = files,
                Steps = steps,
            };
    }

    /// <summary>True if a file is a script scenario, well formed or not: it has <c>steps</c> where others have hosts and streams.</summary>
    public static bool IsScript(string path)
    {
        try
        {
            return File.ReadLines(path).Any(line => line.StartsWith("steps:", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static YamlNode RootOf(string file, string text)
    {
        YamlStream stream = [];
        try
        {
            RefuseAnchors(file, text);
            using StringReader reader = new(text);
            stream.Load(reader);
        }
        catch (YamlException exception)
        {
            throw new ScriptFormatException(file, exception.Start.Line, exception.Start.Column, "is no YAML", ScriptMeaning);
        }

        if (stream.Documents.Count != 1)
        {
            throw new ScriptFormatException(file, 1, 1, $"has {stream.Documents.Count} documents", "one document");
        }

        return stream.Documents[0].RootNode;
    }

    // An alias may contain itself; nothing here needs one. Without an anchor there is none.
    private static void RefuseAnchors(string file, string text)
    {
        using StringReader reader = new(text);
        Parser parser = new(reader);
        while (parser.MoveNext())
        {
            if (parser.Current is YamlDotNet.Core.Events.NodeEvent { Anchor.IsEmpty: false } anchored)
            {
                throw new ScriptFormatException(file, anchored.Start.Line, anchored.Start.Column, "is an anchor",
                    "the value itself");
            }
        }
    }

    private static IEnumerable<(string Name, SectionReader Reader)> Named(string file, SectionReader root, string key,
        params string[] keys)
    {
        YamlNode node = root.Node(key, "names with their sizes");
        return node is YamlMappingNode mapping
            ? mapping.Children.Select(pair => (
                (pair.Key as YamlScalarNode)?.Value ?? throw SectionReader.Error(file, pair.Key, "is no name", "a name"),
                new SectionReader(file, pair.Value, "a size, such as {pages: 4}", keys)))
            : throw SectionReader.Error(file, node, $"'{key}' is no mapping", "names with their sizes");
    }

    private static ScriptBuffer BufferOf(string name, SectionReader reader) =>
        new(name, reader.Integer("pages", 1, PagesAtMost, "a number of pages"));

    private static ScriptFile FileOf(string name, SectionReader reader) =>
        new(name, reader.Integer("pages", 1, PagesAtMost, "a number of pages"), ExpectationBinder.ValuesOf(reader) ?? default);

    private static List<DeviceMemoryKind> DevicesOf(SectionReader root)
    {
        const string Meaning = "kinds of device memory, such as [private, coherent]";
        List<DeviceMemoryKind> kinds =
        [
            .. root.List("devices", Meaning).Select(node => node is YamlScalarNode { Value: { } word }
                && ScriptWords.Devices.TryGetValue(word, out DeviceMemoryKind kind)
                ? kind
                : throw root.Error("devices", "'devices' has a word that is no kind", Meaning)).Distinct(),
        ];
        return kinds.Count > 0 ? kinds : throw root.Error("devices", "'devices' is empty", Meaning);
    }
}
