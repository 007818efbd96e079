using HmmSim.Nodes.Cluster.Wire;

namespace HmmSim.Nodes.Cluster.Exchange;

/// <summary>Carries frames between the members of one attempt at a run: in order for each pair, each frame once.</summary>
internal interface IMemberTransport
{
    /// <summary>This member, from 0.</summary>
    int Self { get; }

    /// <summary>How many members there are.</summary>
    int Members { get; }

    /// <summary>Sends a frame to another member; does not wait.</summary>
    void Send(int member, WindowFrame frame);

    /// <summary>Takes the next frame that has come from any member; waits for it.</summary>
    /// <param name="waitingFor">The members that are waited for, for the message of the error.</param>
    /// <exception cref="OperationCanceledException">The attempt was given up.</exception>
    /// <exception cref="TimeoutException">Nothing has come for too long.</exception>
    WindowFrame Receive(IReadOnlyCollection<int> waitingFor);
}
