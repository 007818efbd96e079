using System.Diagnostics;
using HmmSim.Nodes.Cluster.Hosting;

namespace HmmSim.Cli;

/// <summary>The member processes that this process has started. They end with it: each reads its input, which ends when we do.</summary>
internal sealed class MemberProcesses(ClusterNode node, Action<string> note) : IAsyncDisposable
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(5);

    private readonly List<Process> _processes = [];
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _ending;

    /// <summary>Fails when a member ends before it was asked to.</summary>
    public Task FirstFailure => _failure.Task;

    /// <summary>Starts one.</summary>
    public void Start(string? tls)
    {
        string program = Environment.ProcessPath!;
        ProcessStartInfo start = new(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(MemberProcesses).Assembly.Location] : [];
        string[] secret = tls is null ? [] : ["--tls", tls];
        foreach (string argument in (string[])[.. self, "node", "--seeds", node.Address.ToString(), "--on-split", "oldest", "--until-input-ends", .. secret])
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start) ?? throw new ClusterException($"cannot start {program}");
        _processes.Add(process);
        _ = FollowAsync(process);
    }

    /// <summary>Ends all of them, by force if they do not end in time.</summary>
    public async ValueTask DisposeAsync()
    {
        _ending = true;
        foreach (Process process in _processes)
        {
            try
            {
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended already.
            }
        }

        using CancellationTokenSource timeout = new(LeaveTimeout);
        foreach (Process process in _processes)
        {
            try
            {
                await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }

            process.Dispose();
        }
    }

    private async Task FollowAsync(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string? first = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        SeedAddress? address = NodeCommand.AddressIn(first);
        await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        string text = await errors.ConfigureAwait(false);
        if (_ending)
        {
            return;
        }

        string what = $"member process {address?.ToString() ?? "(not yet joined)"} has ended{(text.Length > 0 ? $": {text.TrimEnd()}" : "")}";
        note(what);
        _failure.TrySetException(new ClusterException(what));
        if (address is not null)
        {
            node.Remove(address);
        }
    }
}
