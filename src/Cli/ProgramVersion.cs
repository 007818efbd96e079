using System.Reflection;

namespace HmmSim.Cli;

/// <summary>Version of the program and the commit it was built from.</summary>
/// <param name="Version">The version, such as 0.1.0.</param>
/// <param name="GitCommit">The commit; null if the build had no git.</param>
public sealed record ProgramVersion(string Version, string? GitCommit)
{
    /// <summary>Of this program.</summary>
    public static ProgramVersion Current { get; } =
        Parse(typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0");

    /// <summary>Splits an informational version, <c>0.1.0+COMMIT</c>, as the SDK writes it into the assembly.</summary>
    public static ProgramVersion Parse(string informational)
    {
        int plus = informational.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? new(informational, null) : new(informational[..plus], informational[(plus + 1)..]);
    }
}
