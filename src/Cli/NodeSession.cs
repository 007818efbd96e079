using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Cluster.Members;

namespace HmmSim.Cli;

/// <summary>One member, from joining to leaving.</summary>
internal sealed class NodeSession(TextWriter output, TextWriter error)
{
    /// <summary>Runs and returns one of <see cref="ExitCode"/>.</summary>
    public async Task<int> RunAsync(NodeRequest request, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (request.StopsAtEndOfInput)
        {
            StopAtEndOfInput(stop);
        }

        try
        {
            WorkerStatus status = new();
            ClusterNode node = await ClusterNode.JoinAsync(OptionsOf(request), system => SimulatorMember.Start(system, status), stop.Token)
                .ConfigureAwait(false);
            await using (node.ConfigureAwait(false))
            {
                await output.WriteLineAsync(NodeCommand.UpLine(node.Address)).ConfigureAwait(false);
                await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                return await StayAsync(node, request, status, stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
        catch (ClusterException exception)
        {
            await error.WriteLineAsync($"hmmsim: {exception.Message}").ConfigureAwait(false);
            return exception.IsInput ? ExitCode.BadInput : ExitCode.RunFailed;
        }
    }

    private async Task<int> StayAsync(ClusterNode node, NodeRequest request, WorkerStatus status, CancellationToken stop)
    {
        if (request.MetricsPort is not { } port)
        {
            return await StayAsync(node, stop).ConfigureAwait(false);
        }

        NodeEndpoint endpoint = await NodeEndpoint.StartAsync(request.Bind ?? request.Host, port, new NodeMeter(node, status), stop).ConfigureAwait(false);
        await using (endpoint.ConfigureAwait(false))
        {
            await output.WriteLineAsync($"hmmsim: metrics at {endpoint.Address}/metrics").ConfigureAwait(false);
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return await StayAsync(node, stop).ConfigureAwait(false);
        }
    }

    private async Task<int> StayAsync(ClusterNode node, CancellationToken stop)
    {
        Task stopped = Task.Delay(Timeout.Infinite, stop);
        if (await Task.WhenAny(node.Terminated, stopped).ConfigureAwait(false) == stopped)
        {
            return ExitCode.Ok;
        }

        await error.WriteLineAsync(
            "hmmsim: the cluster has removed this member: it could not be reached for too long, "
            + "or was on the smaller side of a split network. Start it again.").ConfigureAwait(false);
        return ExitCode.RunFailed;
    }

    private static ClusterNodeOptions OptionsOf(NodeRequest request) => new()
    {
        Host = request.Host,
        Bind = request.Bind,
        Port = request.Port,
        Seeds = request.Seeds,
        OnSplit = request.OnSplit,
        Tls = request.TlsFile is null ? null : TlsIdentity.Load(request.TlsFile),
        ShowsWarnings = !request.StopsAtEndOfInput,
    };

    private static void StopAtEndOfInput(CancellationTokenSource stop)
    {
        // A thread of its own: reading the console cannot be cancelled.
        Thread reader = new(() =>
        {
            try
            {
                while (Console.In.Read() >= 0)
                {
                    // Whatever it says, only its end counts.
                }

                stop.Cancel();
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The session is over already.
            }
        })
        { IsBackground = true, Name = "input" };
        reader.Start();
    }
}
