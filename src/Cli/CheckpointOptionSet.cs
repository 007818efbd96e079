using System.CommandLine;
using System.CommandLine.Parsing;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Time;

namespace HmmSim.Cli;

/// <summary>The options of a run that takes checkpoints or goes on from one.</summary>
internal sealed class CheckpointOptionSet
{
    private const long PicosecondsPerTick = 100_000;

    private readonly Option<TimeSpan?> _every = new("--checkpoint-every")
    {
        Description = "Save the whole run so often, in wall time, such as 30s or 500ms; results do not depend on it",
        HelpName = "DURATION",
        CustomParser = ParseInterval,
    };

    private readonly Option<string?> _to = new("--checkpoint-to")
    {
        Description = "Where checkpoints go: a folder, or sqlite:FILE [default: that of --resume, else checkpoints/NAME-SEED]",
        HelpName = "STORE",
    };

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Go on from the latest checkpoint of a folder, or of sqlite:FILE; FILE can be left out",
        HelpName = "STORE",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command, Argument<string?> file)
    {
        command.Options.Add(_every);
        command.Options.Add(_to);
        command.Options.Add(_resume);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_to) is { Implicit: false } && result.GetResult(_every) is not { Implicit: false })
            {
                result.AddError("--checkpoint-to is of no use alone (expected --checkpoint-every beside it)");
            }

            if (result.GetResult(file) is not { Tokens.Count: > 0 } && result.GetResult(_resume) is not { Implicit: false })
            {
                result.AddError("FILE is missing (expected a scenario such as scenarios/quickstart.yaml, or --resume STORE)");
            }
        });
    }

    /// <summary>What was asked for.</summary>
    public CheckpointRequest RequestOf(ParseResult parsed) => new(parsed.GetValue(_every), parsed.GetValue(_to), parsed.GetValue(_resume));

    private static TimeSpan? ParseInterval(ArgumentResult result) =>
        DurationText.TryParse(result.Tokens[0].Value, out VirtualDuration duration, out _)
        && duration.Picoseconds >= PicosecondsPerTick * TimeSpan.TicksPerMillisecond
            ? new TimeSpan(duration.Picoseconds / PicosecondsPerTick)
            : OptionText.Refuse<TimeSpan?>(result, "a duration of at least 1ms, such as 30s or 500ms");
}
