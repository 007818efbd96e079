using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Explorations;

namespace HmmSim.Cli;

/// <summary><c>hmmsim explore</c>: its arguments, their ranges and its help.</summary>
internal static class ExploreCommand
{
    private const string Help = """
        Looks for races: explores the orders in which the actors of a model may act, and explains what it finds.

        Examples:
          hmmsim explore scenarios/races/crossing-eviction.yaml
          hmmsim explore scenarios/races/german-correct.yaml --workers 2 --seconds 60 --checkpoint german.search
          hmmsim explore scenarios/races/german-correct.yaml --workers 2 --checkpoint german.search --resume
          hmmsim explore --catalogue

        A violation is shrunk to the smallest system that still has it; schedule and reports go to FOLDER. Exit codes:
        0 nothing was found (with --catalogue: every file found what it expects), 1 a property is violated, 2 bad input,
        3 the exploration failed, 130 stopped with Ctrl+C.
        """;

    public static Command Create(TextWriter output, TextWriter error)
    {
        Argument<string?> file =
            new("FILE") { Description = "The race file, YAML (docs/EXPLORER.md)", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> catalogue =
            new("--catalogue") { Description = "Explore every file of a folder and compare with what it expects" };
        Option<string> folder = new("--catalogue-folder")
        {
            Description = "The folder of the catalogue",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => Path.Combine("scenarios", "races"),
        };
        Option<EngineKind?> engine = new("--engine")
        {
            Description = $"Instead of the file's: {string.Join(", ", EnumWord.All<EngineKind>())}",
            HelpName = "ENGINE",
            CustomParser = ParseEngine,
        };
        Option<long?> seed = Number("--seed", "Seed of the random engines, instead of the file's", 0, long.MaxValue);
        Option<long?> workers = Number("--workers", "Threads, 1 to 256; results do not depend on it", 1, 256);
        Option<long?> states = Number("--states", "The most states", 1, 1L << 30);
        Option<long?> seconds = Number("--seconds", "The most wall-clock time, in seconds", 1, 10_000_000);
        Option<long?> memory = Number("--memory-mib", "The most memory of the store, in MiB", 1, 1 << 30);
        Option<string[]> plugins = new("--plugin")
        {
            Description = "An assembly with models of your own; may stand several times",
            HelpName = "ASSEMBLY",
        };
        Option<string?> results =
            new("--output", "-o") { Description = "Folder of the reports [default: results/race-NAME]", HelpName = "FOLDER" };
        Option<string?> checkpoint =
            new("--checkpoint") { Description = "Where to keep a search that a limit or Ctrl+C ends", HelpName = "FILE" };
        Option<bool> resume = new("--resume") { Description = "Go on from the file of --checkpoint" };
        Option<bool> noShrink = new("--no-shrink") { Description = "Report a violation in the system as it is" };
        Command command = new("explore", Help)
        {
            file, catalogue, folder, engine, seed, workers, states, seconds, memory, plugins, results, checkpoint, resume,
            noShrink,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(file) is null != result.GetValue(catalogue))
            {
                result.AddError("expected either a FILE or --catalogue");
            }

            if (result.GetValue(resume) && result.GetValue(checkpoint) is null)
            {
                result.AddError("--resume needs --checkpoint FILE (expected the file that an earlier exploration has written)");
            }

            if (result.GetValue(catalogue) && result.GetValue(checkpoint) is not null)
            {
                result.AddError("--checkpoint keeps one search (expected a FILE, not --catalogue)");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            ExploreRequest request = new()
            {
                File = parsed.GetValue(file),
                Catalogue = parsed.GetRequiredValue(folder),
                Engine = parsed.GetValue(engine),
                Seed = parsed.GetValue(seed),
                Workers = (int?)parsed.GetValue(workers),
                States = parsed.GetValue(states),
                Seconds = (int?)parsed.GetValue(seconds),
                MemoryMebibytes = (int?)parsed.GetValue(memory),
                Plugins = [.. parsed.GetValue(plugins) ?? []],
                Folder = parsed.GetValue(results),
                Checkpoint = parsed.GetValue(checkpoint),
                Resume = parsed.GetValue(resume),
                NoShrink = parsed.GetValue(noShrink),
            };
            return new ExploreSession(output, error).RunAsync(request, cancellation);
        });
        return command;
    }

    private static Option<long?> Number(string name, string description, long minimum, long maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            && value >= minimum && value <= maximum
            ? value
            : Refuse<long?>(result,
                InputProblem.Compose($"{name} is '{result.Tokens[0].Value}'", $"a whole number from {minimum} to {maximum}")),
    };

    private static EngineKind? ParseEngine(ArgumentResult result)
    {
        string word = result.Tokens[0].Value;
        IReadOnlyList<string> words = EnumWord.All<EngineKind>();
        return EnumWord.Find<EngineKind>(word)
            ?? Refuse<EngineKind?>(result,
                InputProblem.Compose($"--engine is '{word}'", $"one of {string.Join(", ", words)}", NearestWord.Of(word, words)));
    }

    private static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
