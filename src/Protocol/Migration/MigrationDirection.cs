namespace HmmSim.Protocol.Migration;

/// <summary>Between which kinds of memory pages moved.</summary>
public enum MigrationDirection : byte
{
    /// <summary>First touch by a device: the page began its life there, nothing was copied.</summary>
    Populated = 0,

    /// <summary>RAM of the home to a device.</summary>
    HostToDevice,

    /// <summary>A device to RAM of the home.</summary>
    DeviceToHost,

    /// <summary>A device to another.</summary>
    DeviceToDevice,

    /// <summary>RAM of one host to RAM of another.</summary>
    HostToHost,

    /// <summary>A device to RAM of a host that is not the home, or back.</summary>
    DeviceToRemoteHost,
}
