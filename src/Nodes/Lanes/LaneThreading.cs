namespace HmmSim.Nodes.Lanes;

/// <summary>Whether several lanes really run at the same time. The results are the same either way.</summary>
public enum LaneThreading : byte
{
    /// <summary>Tries both from time to time and keeps to the faster: windows of few events do not pay for an exchange between threads.</summary>
    Adaptive,

    /// <summary>Each lane on a thread of its own, always.</summary>
    Parallel,

    /// <summary>The calling thread runs all lanes in turn.</summary>
    Serial,
}
