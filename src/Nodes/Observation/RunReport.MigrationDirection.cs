namespace HmmSim.Nodes.Observation;

/// <summary>Between which kinds of memory a page moved.</summary>
public enum MigrationDirection : byte
{
    /// <summary>From RAM to device memory.</summary>
    HostToDevice,

    /// <summary>From device memory to RAM.</summary>
    DeviceToHost,

    /// <summary>From one device's memory to another's.</summary>
    DeviceToDevice,

    /// <summary>From one host's RAM to another's.</summary>
    HostToHost,
}
