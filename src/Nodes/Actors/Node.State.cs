using HmmSim.Nodes.Interconnect;
using HmmSim.Protocol.State;

namespace HmmSim.Nodes.Actors;

// A node in a checkpoint: the count of what it has sent, and its links. Routes are found again.
internal partial class Node
{
    /// <summary>Writes everything that the node knows of the run; between two windows.</summary>
    public virtual void Save(StateWriter writer)
    {
        writer.Number(_sequence);
        writer.Sorted(_links, static (to, link, state) =>
        {
            to.Number((ulong)link);
            state.Save(to);
        });
    }

    /// <summary>Goes on from a state that was written by <see cref="Save"/>; before the node is wired.</summary>
    /// <exception cref="InvalidStateException">The bytes are none, or of another scenario.</exception>
    public virtual void Load(StateReader reader)
    {
        _sequence = reader.Number();
        for (int left = reader.Count(); left > 0; left--)
        {
            int link = reader.Count();
            if (!_links.TryGetValue(link, out LinkOccupancy? state))
            {
                throw new InvalidStateException($"link {link}, on which {Name} does not send");
            }

            state.Load(reader);
        }
    }

    /// <summary>A message for this node that was written by <see cref="TimedMessageState"/>.</summary>
    public Protocol.Messages.TimedMessage LoadMessage(StateReader reader) => TimedMessageState.Load(reader, Plan.Graph);
}
