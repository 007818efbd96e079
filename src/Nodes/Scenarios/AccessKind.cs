namespace HmmSim.Nodes.Scenarios;

/// <summary>What a stream does to each place it visits.</summary>
public enum AccessKind : byte
{
    /// <summary>Loads it.</summary>
    Read,

    /// <summary>Stores to it.</summary>
    Write,

    /// <summary>Loads it and stores to it.</summary>
    Update,
}
