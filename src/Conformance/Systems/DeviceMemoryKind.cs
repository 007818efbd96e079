namespace HmmSim.Conformance.Systems;

/// <summary>What the memory of all devices of a system is to the CPU.</summary>
public enum DeviceMemoryKind
{
    /// <summary>The CPU cannot address it: entries are device-private (<c>MEMORY_DEVICE_PRIVATE</c>).</summary>
    Private = 0,

    /// <summary>The CPU addresses it in place: entries stay present (<c>MEMORY_DEVICE_COHERENT</c>).</summary>
    Coherent,
}
