namespace HmmSim.Nodes.Observation;

/// <summary>Why a page moved.</summary>
public enum MigrationCause : byte
{
    /// <summary>A CPU touched it.</summary>
    CpuFault,

    /// <summary>A device touched it.</summary>
    DeviceFault,

    /// <summary>A device needed room.</summary>
    Eviction,

    /// <summary>It came along with a page that faulted.</summary>
    Prefetch,
}
