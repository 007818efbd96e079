using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Migration;

/// <summary>The direction of a move by the kinds of memory at its ends.</summary>
public static class MigrationDirections
{
    /// <summary>The direction from one kind of memory to another.</summary>
    public static MigrationDirection Of(MemoryType source, MemoryType destination) => source switch
    {
        MemoryType.Ram => destination == MemoryType.RemoteRam ? MigrationDirection.HostToHost : MigrationDirection.HostToDevice,
        MemoryType.RemoteRam => IsDevice(destination) ? MigrationDirection.DeviceToRemoteHost : MigrationDirection.HostToHost,
        _ => destination switch
        {
            MemoryType.Ram => MigrationDirection.DeviceToHost,
            MemoryType.RemoteRam => MigrationDirection.DeviceToRemoteHost,
            _ => MigrationDirection.DeviceToDevice,
        },
    };

    private static bool IsDevice(MemoryType type) => type is not (MemoryType.Ram or MemoryType.RemoteRam);
}
