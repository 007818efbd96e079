using System.Diagnostics;
using HmmSim.Nodes.Cluster.Hosting;

namespace HmmSim.Benchmarks.Checkpoints;

/// <summary>A member as a child process. It ends with this process.</summary>
internal sealed class ChildMember : IDisposable
{
    private const string UpPrefix = "hmmsim: member ";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);
    private readonly Process _process;

    private ChildMember(Process process, SeedAddress address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it can be reached.</summary>
    public SeedAddress Address { get; }

    /// <summary>Starts a member and waits until it has joined.</summary>
    public static async Task<ChildMember> StartAsync(SeedAddress seed)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string program = Path.Combine(AppContext.BaseDirectory, "hmmsim.dll");
        foreach (string argument in (string[])[program, "node", "--seeds", seed.ToString(), "--on-split", "oldest", "--until-input-ends"])
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        using CancellationTokenSource late = new(StartTimeout);
        string? line = await process.StandardOutput.ReadLineAsync(late.Token).ConfigureAwait(false);
        process.BeginErrorReadLine();
        return line?.StartsWith(UpPrefix, StringComparison.Ordinal) == true
            && SeedAddress.TryParse(line[UpPrefix.Length..].Split(' ')[0], out SeedAddress? address)
            ? new ChildMember(process, address)
            : throw new InvalidOperationException($"the member said '{line}'");
    }

    /// <summary>Ends it at once (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }
}
