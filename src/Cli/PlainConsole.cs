using Spectre.Console;

namespace HmmSim.Cli;

/// <summary>Tables without colours that fit a width on a terminal and have that width elsewhere.</summary>
internal static class PlainConsole
{
    public static IAnsiConsole Create(TextWriter output, int widthAtMost)
    {
        bool terminal = output == Console.Out && !Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = terminal ? Math.Min(widthAtMost, console.Profile.Width) : widthAtMost;
        return console;
    }
}
