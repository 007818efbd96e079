using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Lanes;

/// <summary>
/// Tells what is pending on a member that can reach another member, by itself or by anything that it causes here. The rest need not
/// be waited for. Asked between two windows, by one thread.
/// </summary>
internal interface IExposure
{
    /// <summary>Looks at the nodes as they are now; before the questions of one meeting.</summary>
    void Refresh();

    /// <summary>Whether a pending message can.</summary>
    bool IsExposed(TimedMessage message);

    /// <summary>Whether the accesses of a node can.</summary>
    bool IsExposed(int node);
}
