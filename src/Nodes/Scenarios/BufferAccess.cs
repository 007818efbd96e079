namespace HmmSim.Nodes.Scenarios;

/// <summary>Protection of a buffer.</summary>
public enum BufferAccess : byte
{
    /// <summary>Loads and stores.</summary>
    ReadWrite,

    /// <summary>Loads only; a stream that stores to it is refused when the scenario is loaded.</summary>
    ReadOnly,
}
