using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using HmmSim.Cluster.Tests.Network;
using HmmSim.Nodes.Cluster.Hosting;

namespace HmmSim.Cluster.Tests.Processes;

/// <summary>A real member: a child process that runs <c>hmmsim node</c>. It ends with the test process, whatever happens.</summary>
internal sealed class MemberProcess : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();

    private MemberProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
    }

    /// <summary>Where it can be reached.</summary>
    public SeedAddress Address { get; private set; } = null!;

    /// <summary>What it wrote to its error stream.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>Starts a member and waits until it has joined.</summary>
    public static Task<MemberProcess> StartAsync(SeedAddress? seed, params string[] options) => StartAsync(null, seed, options);

    /// <summary>Starts a member on a machine of a test network, or on this machine, and waits until it has joined.</summary>
    public static async Task<MemberProcess> StartAsync(NetworkNode? node, SeedAddress? seed, params string[] options)
    {
        string[] seeds = seed is null ? [] : ["--seeds", seed.ToString()];
        string[] host = node is null ? [] : ["--host", node.Address];
        MemberProcess member = new(ChildProgram.Start(node, ["node", "--until-input-ends", .. seeds, .. host, .. options]));
        try
        {
            using CancellationTokenSource late = new(StartTimeout);
            string? line = await member._process.StandardOutput.ReadLineAsync(late.Token);
            member.Address = Cli.NodeCommand.AddressIn(line) ?? throw new InvalidOperationException($"the member said '{line}' and then: {member.Errors}");
            return member;
        }
        catch
        {
            member.Dispose();
            throw;
        }
    }

    /// <summary>The next line that it writes to its output.</summary>
    public async Task<string?> ReadLineAsync()
    {
        using CancellationTokenSource late = new(StartTimeout);
        return await _process.StandardOutput.ReadLineAsync(late.Token);
    }

    /// <summary>Starts a cluster of so many members.</summary>
    public static async Task<List<MemberProcess>> StartClusterAsync(int members, params string[] options)
    {
        List<MemberProcess> cluster = [await StartAsync(null, options)];
        cluster.AddRange(await Task.WhenAll(Enumerable.Range(1, members - 1).Select(_ => StartAsync(cluster[0].Address, options))));
        return cluster;
    }

    /// <summary>Starts a cluster with a member on each of these machines.</summary>
    public static async Task<List<MemberProcess>> StartClusterAsync(IEnumerable<NetworkNode> nodes)
    {
        List<MemberProcess> cluster = [await StartAsync(nodes.First(), null)];
        cluster.AddRange(await Task.WhenAll(nodes.Skip(1).Select(node => StartAsync(node, cluster[0].Address))));
        return cluster;
    }

    /// <summary>Sends a signal, such as KILL, TERM, STOP or CONT.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits until it has ended; returns its exit code.</summary>
    public async Task<int> EndAsync(TimeSpan timeout)
    {
        using CancellationTokenSource late = new(timeout);
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    /// <summary>Kills it, without the detour over a command.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Ends it by force, if it has not ended.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
