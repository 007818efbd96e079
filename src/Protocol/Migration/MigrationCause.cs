namespace HmmSim.Protocol.Migration;

/// <summary>Why pages move (the causes of nvidia-uvm's migration events that this protocol has).</summary>
public enum MigrationCause : byte
{
    /// <summary>A CPU touched a page it cannot address.</summary>
    CpuFault = 0,

    /// <summary>A device touched a page it has not mapped.</summary>
    DeviceFault,

    /// <summary>A full memory made room.</summary>
    Eviction,

    /// <summary>Nothing touched the page: it was brought along with one that was touched.</summary>
    Prefetch,

    /// <summary>A process asked for it, by an ioctl of the driver.</summary>
    Requested,

    /// <summary>A long-term pin wants the page in RAM.</summary>
    Pin,
}
