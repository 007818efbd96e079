namespace HmmSim.Nodes.Execution;

/// <summary>What leaves a processor while it executes.</summary>
internal enum DepartureKind : byte
{
    /// <summary>A fault.</summary>
    Fault = 0,

    /// <summary>An access to mapped RAM of a home.</summary>
    RemoteAccess,

    /// <summary>An unmap of one block.</summary>
    Unmap,

    /// <summary>The end of a stream.</summary>
    StreamEnd,
}
