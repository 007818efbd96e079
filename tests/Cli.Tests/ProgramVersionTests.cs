namespace HmmSim.Cli.Tests;

/// <summary>The version with and without git.</summary>
public sealed class ProgramVersionTests
{
    [Theory]
    [InlineData("0.1.0+abc123", "0.1.0", "abc123")]
    [InlineData("0.1.0", "0.1.0", null)]
    public void The_commit_stands_behind_the_plus_sign(string informational, string version, string? commit) =>
        Assert.Equal(new ProgramVersion(version, commit), ProgramVersion.Parse(informational));
}
