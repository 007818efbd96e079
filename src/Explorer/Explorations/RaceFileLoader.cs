using System.Collections.Immutable;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HmmSim.Explorer.Explorations;

/// <summary>Reads race files: YAML, with no key that means nothing and every value in its range.</summary>
public static class RaceFileLoader
{
    private const string Engine = "engine";
    private const string Parameters = "parameters";
    private const string Scripts = "scripts";

    private static readonly string[] Keys =
    [
        "about", "model", Parameters, Scripts, Engine, "seed", "runs", "max_steps", "bug_depth", "delays",
        "keep_global_properties", "store", "workers",
        "limits", "expect",
    ];

    private enum YesOrNo
    {
        Yes,
        No,
    }

    /// <summary>Reads a file and checks that it names a model that can be made.</summary>
    /// <exception cref="InputException">The file cannot be read, or something in it is wrong.</exception>
    public static RaceFile Load(string file, ModelRegistry models) =>
        Parse(InputFile.ReadText(file, "a race file such as scenarios/races/crossing-eviction.yaml"), file, models);

    /// <summary>Reads the text of a race file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="models">The models it may name.</param>
    /// <exception cref="InputException">Something in it is wrong.</exception>
    public static RaceFile Parse(string text, string file, ModelRegistry models)
    {
        List<InputProblem> problems = [];
        YamlSection root = new(ReadDocument(text, file), "race file", Keys, problems);
        ModelConfiguration configuration = ReadConfiguration(root);
        ExplorationSettings settings = ReadSettings(root);
        RaceExpectation? expectation = ReadExpectation(root);
        RaceFile race = new(Path.GetFileNameWithoutExtension(file), root.Text("about") ?? "", configuration, settings,
            expectation);
        race = problems.Count == 0 ? CheckModel(race, root, models) : race;
        return problems.Count == 0 ? race : throw new InputException(file, [.. problems]);
    }

    private static YamlNode ReadDocument(string text, string file)
    {
        try
        {
            YamlStream stream = [];
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 1
                ? stream.Documents[0].RootNode
                : throw new InputException(file, new InputProblem(1, 1,
                    InputProblem.Compose($"the file has {stream.Documents.Count} documents", "one, with keys such as model")));
        }
        catch (YamlException exception)
        {
            throw new InputException(file,
                YamlSection.At(exception.Start, $"not readable as YAML: {exception.Message.ReplaceLineEndings(" ")}"));
        }
    }

    private static ModelConfiguration ReadConfiguration(YamlSection root)
    {
        ModelConfiguration configuration = new(root.RequiredText("model", "the name of a model such as german"));
        if (root.Section(Parameters) is { } parameters)
        {
            foreach ((string name, YamlNode _) in parameters.Entries)
            {
                configuration = configuration.With(name, parameters.Text(name) ?? "");
            }
        }

        return root.Section(Scripts) is { } scripts
            ? configuration with
            {
                Scripts = [.. scripts.Entries.Select(entry => new ActorScript(entry.Key, [.. scripts.Texts(entry.Key)]))],
            }
            : configuration;
    }

    private static ExplorationSettings ReadSettings(YamlSection root)
    {
        ExplorationSettings preset = new();
        YamlSection? limits = root.Section("limits", "states", "seconds", "memory_mib");
        return new ExplorationSettings
        {
            Engine = root.Word<EngineKind>(Engine) ?? preset.Engine,
            Seed = (ulong)(root.Number("seed", 0, long.MaxValue) ?? (long)preset.Seed),
            Runs = root.Number("runs", 1, long.MaxValue) ?? preset.Runs,
            MaxSteps = (int)(root.Number("max_steps", 1, 1_000_000) ?? preset.MaxSteps),
            BugDepth = (int)(root.Number("bug_depth", 1, 100) ?? preset.BugDepth),
            Delays = (int)(root.Number("delays", 0, 1_000) ?? preset.Delays),
            KeepGlobalProperties = root.Word<YesOrNo>("keep_global_properties") is not YesOrNo.No,
            Store = root.Word<StoreKind>("store") ?? preset.Store,
            Workers = (int)(root.Number("workers", 1, 256) ?? preset.Workers),
            MaxStates = limits?.Number("states", 1, 1L << 30) ?? preset.MaxStates,
            TimeLimit = limits?.Number("seconds", 1, 10_000_000) is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : preset.TimeLimit,
            MaxBytes = limits?.Number("memory_mib", 1, 1L << 30) is { } mebibytes ? mebibytes << 20 : preset.MaxBytes,
        };
    }

    private static RaceExpectation? ReadExpectation(YamlSection root)
    {
        if (root.Section("expect", "verdict", "property", "steps", "states") is not { } expect)
        {
            return null;
        }

        expect.RequiredText("verdict", $"one of {string.Join(", ", EnumWord.All<Verdict>())}");
        return new RaceExpectation(
            expect.Word<Verdict>("verdict") ?? default,
            expect.Text("property"),
            (int?)expect.Number("steps", 0, int.MaxValue),
            expect.Number("states", 0, long.MaxValue));
    }

    /// <summary>Completes the parameters; what the model refuses becomes a problem where it stands.</summary>
    private static RaceFile CheckModel(RaceFile race, YamlSection root, ModelRegistry models)
    {
        try
        {
            IModel model = models.Create(race.Configuration);
            ImmutableArray<string> properties = [.. model.Properties, .. (model as IResponseModel)?.Responses ?? []];
            if (race.Expectation?.Property is { } property && !properties.Contains(property))
            {
                YamlSection expect = root.Section("expect")!;
                expect.Add(
                    expect.NodeOf("property"),
                    $"the model '{race.Configuration.Model}' has no property '{property}'",
                    $"one of {string.Join(", ", properties)}",
                    NearestWord.Of(property, properties));
            }

            return race with { Configuration = models.Complete(race.Configuration) };
        }
        catch (ConfigurationException exception)
        {
            string[] path = exception.Field.Split('.', 2);
            YamlNode node = root.NodeOf(path[0]);
            root.Add(path.Length == 2 && root.Section(path[0]) is { } section
                ? section.NodeOf(path[1])
                : node, exception.Message);
            return race;
        }
    }
}
