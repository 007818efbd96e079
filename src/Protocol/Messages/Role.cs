namespace HmmSim.Protocol.Messages;

/// <summary>The part an endpoint plays in a message.</summary>
public enum Role : byte
{
    /// <summary>CPU threads or warps, which run next to their memory.</summary>
    Processor = 0,

    /// <summary>The CPU memory of the home host: owns RAM frames and the page table.</summary>
    Home,

    /// <summary>A memory the home's CPU cannot address: a device with its driver, or the lent RAM of another host.</summary>
    Device,
}
