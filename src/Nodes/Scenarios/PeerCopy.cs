namespace HmmSim.Nodes.Scenarios;

/// <summary>How a page moves between two devices.</summary>
public enum PeerCopy : byte
{
    /// <summary>In one copy over the links between them.</summary>
    Direct,

    /// <summary>In two copies, with the home's RAM between: devices that cannot reach each other.</summary>
    ThroughRam,
}
