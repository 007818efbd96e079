using System.Globalization;
using HmmSim.Nodes.Cluster.Exchange;
using HmmSim.Nodes.Cluster.Wire;

namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>The keys of Akka's configuration that have no typed option.</summary>
internal static class ClusterConfig
{
    /// <summary>The text.</summary>
    public static string Of(ClusterNodeOptions options) => $$"""
        akka {
          {{(options.ShowsWarnings ? "" : "loglevel = OFF")}}
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor {
            serialization-settings.allow-unregistered-types = false
            serializers.hmmsim = "{{NameOf(typeof(ClusterSerializer))}}"
            serialization-identifiers."{{NameOf(typeof(ClusterSerializer))}}" = {{ClusterSerializer.Number}}
            serialization-bindings {
        {{string.Join('\n', ClusterSerializer.Types.Select(type => $"      \"{NameOf(type)}\" = hmmsim"))}}
            }
          }
          remote.default-remote-dispatcher {
            executor = "{{NameOf(typeof(WireExecutorConfigurator))}}"
            throughput = 100
          }
          cluster {
            downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
            down-removal-margin = off
            split-brain-resolver {
              stable-after = {{Text(options.Timings.RemoveAfter)}}
              down-all-when-unstable = off
            }
            failure-detector {
              heartbeat-interval = {{Text(options.Timings.HeartbeatInterval)}}
              acceptable-heartbeat-pause = {{Text(options.Timings.AcceptablePause)}}
            }
            seed-node-timeout = 1s
            retry-unsuccessful-join-after = 1s
            periodic-tasks-initial-delay = 200ms
            gossip-interval = 250ms
            leader-actions-interval = 250ms
            unreachable-nodes-reaper-interval = 500ms
          }
          coordinated-shutdown {
            run-by-clr-shutdown-hook = off
            exit-clr = off
          }
        }
        """;

    private static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMilliseconds}ms");
}
