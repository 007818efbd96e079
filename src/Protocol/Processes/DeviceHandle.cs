using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Processes;

/// <summary>
/// An open file of a device (Linux <c>struct file</c>): every open makes one, <c>fork</c> shares it, the last close ends it. It
/// stands for a mirror of the address space that opened it, whoever uses it later.
/// </summary>
public sealed class DeviceHandle
{
    /// <summary>Number of the mirror, counted from 1 over all opens of the system.</summary>
    public required uint Mirror { get; init; }

    /// <summary>Number of the device, from 0.</summary>
    public required int Device { get; init; }

    /// <summary>The address space that is mirrored: that of the process that opened the device.</summary>
    public required AddressSpaceId Space { get; init; }

    /// <summary>Descriptors that name it, over all processes; 0 once it is closed.</summary>
    public int ReferenceCount { get; internal set; }
}
