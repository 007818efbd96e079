namespace HmmSim.Cli;

/// <summary>What the program returns to the shell.</summary>
public static class ExitCode
{
    /// <summary>The run ended and every conservation check passed.</summary>
    public const int Ok = 0;

    /// <summary>The run ended, its result is written, but a conservation check failed.</summary>
    public const int CheckFailed = 1;

    /// <summary>Arguments, scenario or output folder were refused; nothing ran and nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>The run itself failed: an error in the simulator. Nothing was written.</summary>
    public const int RunFailed = 3;

    /// <summary>The user stopped the run (128 + SIGINT). Nothing was written.</summary>
    public const int Cancelled = 130;
}
