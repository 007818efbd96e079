using System.Collections.Concurrent;
using Akka.Actor;
using HmmSim.Nodes.Cluster.Exchange;
using HmmSim.Nodes.Cluster.Wire;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>Frames between members as messages of Akka.Remote: to the <see cref="InboxActor"/> of the other member.</summary>
internal sealed class AkkaTransport : IMemberTransport
{
    private readonly ConcurrentQueue<WindowFrame> _inbox = new();
    private readonly TimeSpan _stallTimeout;
    private readonly CancellationToken _cancellation;
    private IActorRef[] _peers = [];
    private WireExecutor _wire = null!; // known before the first frame is sent: peers are told of the inbox once it has started

    /// <summary>The end of this member.</summary>
    /// <param name="self">This member.</param>
    /// <param name="members">How many there are.</param>
    /// <param name="stallTimeout">Longest wait for a frame.</param>
    /// <param name="cancellation">The attempt was given up.</param>
    public AkkaTransport(int self, int members, TimeSpan stallTimeout, CancellationToken cancellation)
    {
        Self = self;
        Members = members;
        _stallTimeout = stallTimeout;
        _cancellation = cancellation;
    }

    /// <inheritdoc/>
    public int Self { get; }

    /// <inheritdoc/>
    public int Members { get; }

    /// <summary>Says where the other members' inboxes are; before the first frame is sent.</summary>
    public void Connect(IEnumerable<IActorRef> peers) => _peers = [.. peers];

    /// <inheritdoc/>
    public void Send(int member, WindowFrame frame) => _peers[member].Tell(frame, ActorRefs.NoSender);

    /// <inheritdoc/>
    public WindowFrame Receive(IReadOnlyCollection<int> waitingFor)
    {
        WindowFrame? frame;
        while (!_inbox.TryDequeue(out frame))
        {
            if (!_wire.RunUntil(() => !_inbox.IsEmpty, _stallTimeout, _cancellation))
            {
                throw new TimeoutException(
                    $"{string.Join(", ", waitingFor.Select(member => _peers[member].Path.Address.HostPort()))} "
                    + $"did not answer within {_stallTimeout.TotalSeconds:0} s");
            }
        }

        return frame;
    }

    /// <summary>Takes in the frames for one attempt.</summary>
    internal sealed class InboxActor : ReceiveActor
    {
        /// <summary>The dispatcher that it needs: what it takes in comes from there, and whoever waits for it waits there.</summary>
        public const string Dispatcher = "akka.remote.default-remote-dispatcher";

        /// <summary>The inbox of a transport.</summary>
        public InboxActor(AkkaTransport transport)
        {
            transport._wire = WireExecutor.Current ?? throw new InvalidOperationException($"the inbox needs {Dispatcher}");
            Receive<WindowFrame>(transport._inbox.Enqueue);
        }
    }
}
