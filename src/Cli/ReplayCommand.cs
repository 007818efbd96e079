using System.CommandLine;

namespace HmmSim.Cli;

/// <summary><c>hmmsim replay</c>: its arguments and its help.</summary>
internal static class ReplayCommand
{
    private const string Help = """
        Replays a schedule that 'hmmsim explore' has written, compares the state after every step, and explains the run.

        Examples:
          hmmsim replay results/race-crossing-eviction/schedule.txt
          hmmsim replay schedule.txt --plugin my-model.dll

        Exit codes: 1 every state is the recorded one and the property is violated, 0 it is violated no longer (the bug
        is mended), 2 bad input, 3 a state is another one: the model is not that of the recording.
        """;

    public static Command Create(TextWriter output, TextWriter error)
    {
        Argument<string> file = new("FILE") { Description = "The schedule" };
        Option<string[]> plugins = new("--plugin")
        {
            Description = "An assembly with models of your own; may stand several times",
            HelpName = "ASSEMBLY",
        };
        Command command = new("replay", Help) { file, plugins };
        command.SetAction((parsed, cancellation) => new ReplaySession(output, error)
            .RunAsync(parsed.GetRequiredValue(file), parsed.GetValue(plugins) ?? [], cancellation));
        return command;
    }
}
