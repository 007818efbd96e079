using System.Diagnostics;

namespace HmmSim.Cli.Tests;

/// <summary>The program as a user starts it.</summary>
public sealed class ExecutableTests
{
    [Fact]
    public async Task The_version_is_that_of_the_assembly()
    {
        (int code, string output, _) = await StartAsync("--version");
        Assert.Equal(0, code);
        Assert.StartsWith(ProgramVersion.Current.Version, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_returns_2_with_a_message_on_the_error_stream()
    {
        (int code, string output, string error) = await StartAsync("run", "no-such.yaml");
        Assert.Equal(2, code);
        Assert.Equal("no-such.yaml:1:1: the file does not exist (expected a scenario file such as scenarios/quickstart.yaml)", error.TrimEnd());
        Assert.Empty(output);
    }

    [Fact]
    public async Task No_command_returns_2() => Assert.Equal(2, (await StartAsync()).Code);

    private static async Task<(int Code, string Output, string Error)> StartAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "hmmsim.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
