using HmmSim.Nodes.Interconnect;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Actors;

/// <summary>
/// The content of one actor: a node of the interconnect with the links it sends on. Plain state, driven by the actor; a switch
/// is nothing more than this.
/// </summary>
internal partial class Node(SystemPlan plan, int index)
{
    private readonly Dictionary<int, LinkOccupancy> _links = Enumerable.Range(0, plan.Graph.Links.Count)
        .Where(link => plan.Graph.Ends[link].From == index)
        .ToDictionary(link => link, link => new LinkOccupancy(plan.Graph.Links[link]));

    private readonly Dictionary<int, Route> _routes = [];
    private ulong _sequence;

    /// <summary>What all nodes know.</summary>
    protected SystemPlan Plan { get; } = plan;

    /// <summary>Position in the interconnect; also the source number of everything it sends.</summary>
    public int Index { get; } = index;

    /// <summary>Name in the scenario.</summary>
    public string Name => Plan.Graph.Nodes[Index];

    /// <summary>The links it sends on, by position.</summary>
    public IReadOnlyDictionary<int, LinkOccupancy> Links => _links;

    /// <summary>Hands a stamped message to the actor of a node; set before the run.</summary>
    public Action<int, TimedMessage> Deliver { get; set; } = (_, _) => throw new InvalidOperationException("the node is not wired");

    /// <summary>When the processor of this node accesses memory next; never for a switch.</summary>
    public virtual VirtualTime NextAccess => VirtualTime.Never;

    /// <summary>Executes the processor's accesses before <paramref name="until"/>.</summary>
    public virtual void Advance(VirtualTime until) => throw new InvalidOperationException($"{Name} executes nothing");

    /// <summary>Handles a message at its time.</summary>
    public virtual void Handle(TimedMessage message)
    {
        if (message is not Transfer transfer)
        {
            throw new InvalidOperationException($"{Name} cannot handle {message}");
        }

        Forward(transfer.Payload, transfer.Route, transfer.Hop, transfer.Bytes, transfer.ActsAt, transfer.Tail);
    }

    /// <summary>Stamps a message and hands it to a node.</summary>
    protected void Post(int node, TimedMessage message, VirtualTime at)
    {
        message.ActsAt = at;
        message.Source = (uint)Index;
        message.Sequence = ++_sequence;
        Deliver(node, message);
    }

    /// <summary>The route to another node.</summary>
    public Route RouteTo(int node)
    {
        if (!_routes.TryGetValue(node, out Route? route))
        {
            route = Plan.Graph.FindRoute(Index, node);
            _routes.Add(node, route);
        }

        return route;
    }

    /// <summary>Puts a copy on a link of its route; the last link delivers the message itself.</summary>
    protected void Forward(Message payload, Route route, int hop, long bytes, VirtualTime head, VirtualTime tail)
    {
        int link = route.Links[hop];
        (head, tail) = _links[link].Transfer(head, tail, bytes);
        int next = Plan.Graph.Ends[link].To;
        if (hop == route.Links.Length - 1)
        {
            Post(next, payload, tail);
        }
        else
        {
            Post(next, new Transfer(payload, route, hop + 1, bytes, tail), head);
        }
    }
}
