using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Cluster.Hosting.SBR;
using Akka.Event;
using Akka.Hosting;
using Akka.Remote.Hosting;
using HmmSim.Nodes.Cluster.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using AkkaCluster = Akka.Cluster.Cluster;

namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>This process as a member of a cluster: an actor system that has joined, and leaves when it is disposed of.</summary>
public sealed class ClusterNode : IAsyncDisposable
{
    private const int MaximumFrameBytes = 1 << 20;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(25);

    private readonly IHost _host;
    private readonly ClusterNodeOptions _options;

    private ClusterNode(IHost host, ClusterNodeOptions options)
    {
        _host = host;
        _options = options;
        System = host.Services.GetRequiredService<ActorSystem>();
    }

    /// <summary>The actor system.</summary>
    public ActorSystem System { get; }

    /// <summary>Where other members reach this process.</summary>
    public SeedAddress Address => new(AkkaCluster.Get(System).SelfAddress.Host, AkkaCluster.Get(System).SelfAddress.Port ?? 0);

    /// <summary>Ends when the process is no longer a member: it left, it was removed, or it could not go on.</summary>
    public Task Terminated => System.WhenTerminated;

    /// <summary>Starts the actor system, asks a seed whether the versions fit, joins, and waits until it is a member.</summary>
    /// <param name="options">How to take part.</param>
    /// <param name="beforeJoining">Starts the actors that others may talk to as soon as this process is a member.</param>
    /// <param name="cancellation">Gives up joining.</param>
    /// <exception cref="ClusterException">The port is taken, the versions do not fit, or nobody has let the process in.</exception>
    public static async Task<ClusterNode> JoinAsync(ClusterNodeOptions options, Action<ActorSystem>? beforeJoining, CancellationToken cancellation)
    {
        IHost host = HostOf(options);
        try
        {
            await host.StartAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            host.Dispose();
            throw new ClusterException(
                $"cannot listen on {options.Bind ?? options.Host}:{options.Port}: {exception.GetBaseException().Message} "
                + "(choose another --port, or a --host that is an address of this machine)",
                isInput: true);
        }

        ClusterNode node = new(host, options);
        try
        {
            node.System.ActorOf(Props.Create(() => new GateActor(options)), GateActor.Name);
            beforeJoining?.Invoke(node.System);
            await node.JoinAsync(cancellation);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells the cluster that a member is gone for good, for whoever knows it for certain.</summary>
    public void Remove(SeedAddress member) => AkkaCluster.Get(System).Down(AddressOf(member));

    /// <summary>Leaves the cluster and ends the actor system.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource timeout = new(LeaveTimeout);
        try
        {
            await _host.StopAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            // It did not end in time; the process goes on without it.
        }

        _host.Dispose();
    }

    private Address AddressOf(SeedAddress member) => member.Beside(AkkaCluster.Get(System).SelfAddress);

    private static IHost HostOf(ClusterNodeOptions options)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddAkka(ClusterNodeOptions.SystemName, akka =>
        {
            akka.ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.LogLevel = LogLevel.WarningLevel;
                if (options.ShowsWarnings)
                {
                    loggers.AddLogger<ErrorStreamLogger>();
                }
            });
            akka.AddHocon(ClusterConfig.Of(options), HoconAddMode.Prepend);
            akka.WithRemoting(new RemoteOptions
            {
                HostName = options.Bind ?? options.Host,
                PublicHostName = options.Host,
                Port = options.Port,
                MaxFrameSize = MaximumFrameBytes,
                SendBufferSize = 2 * MaximumFrameBytes,
                ReceiveBufferSize = 2 * MaximumFrameBytes,
                EnableSsl = options.Tls is not null,
            });
            akka.WithClustering(new ClusterOptions
            {
                Roles = [options.Role],
                SplitBrainResolver = options.OnSplit == SplitRule.Oldest
                    ? new KeepOldestOption { DownIfAlone = false }
                    : new KeepMajorityOption { Role = ClusterNodeOptions.SimulatorRole },
            });
            if (options.Tls is not null)
            {
                akka.AddSetup(options.Tls.ToSetup());
            }
        });
        return builder.Build();
    }

    private async Task JoinAsync(CancellationToken cancellation)
    {
        AkkaCluster cluster = AkkaCluster.Get(System);
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(_options.Timings.JoinTimeout);
        try
        {
            bool mayBegin = _options.Seeds.Count == 0 || AddressOf(_options.Seeds[0]) == cluster.SelfAddress;
            await AskAsync([.. _options.Seeds.Where(seed => AddressOf(seed) != cluster.SelfAddress)], untilAnswered: !mayBegin, timeout.Token);
            await cluster.JoinSeedNodesAsync(
                _options.Seeds.Count == 0 ? [cluster.SelfAddress] : _options.Seeds.Select(AddressOf), timeout.Token);
            while (cluster.SelfMember.Status is not MemberStatus.Up || cluster.State.Leader is null)
            {
                await Task.Delay(Pause, timeout.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            string tls = _options.Tls is null
                ? "that this cluster uses no TLS, as this process"
                : $"that it has the same TLS certificate ({_options.Tls.Thumbprint})";
            throw new ClusterException(
                $"no cluster has let this process in within {_options.Timings.JoinTimeout.TotalSeconds:0} s; tried {string.Join(", ", _options.Seeds)}. "
                + $"Check that a member runs there under exactly that name, that both can reach each other, and {tls}.");
        }
    }

    /// <summary>Asks the seeds whether this process fits; one answer is enough.</summary>
    private async Task AskAsync(IReadOnlyList<SeedAddress> seeds, bool untilAnswered, CancellationToken cancellation)
    {
        JoinQuestion question = new() { ProtocolVersion = _options.ProtocolVersion, ProgramVersion = _options.ProgramVersion };
        do
        {
            foreach (SeedAddress seed in seeds)
            {
                ActorSelection gate = System.ActorSelection($"{AddressOf(seed)}/user/{GateActor.Name}");
                try
                {
                    JoinAnswer answer = await gate.Ask<JoinAnswer>(question, AnswerTimeout, cancellation);
                    if (!answer.Accepted)
                    {
                        throw new ClusterException(
                            $"the cluster at {seed} refuses this process: it runs {answer.ProgramVersion} with cluster protocol {answer.ProtocolVersion}, "
                            + $"this is {_options.ProgramVersion} with cluster protocol {_options.ProtocolVersion}. All members must run the same build.",
                            isInput: true);
                    }

                    return;
                }
                catch (Exception exception) when (
                    exception is AskTimeoutException || (exception is TaskCanceledException && !cancellation.IsCancellationRequested))
                {
                    // Not up yet, or not reachable: the next one. A last question may time out in the very moment of the cancellation below.
                }
            }

            cancellation.ThrowIfCancellationRequested();
        }
        while (untilAnswered);
    }
}
