namespace HmmSim.Protocol.Topology;

/// <summary>What the memory of a device is to the CPU of its host (<c>enum memory_type</c>).</summary>
public enum DeviceMemoryKind : byte
{
    /// <summary>The CPU cannot address it: pages are named by special swap entries, and a touch brings them back.</summary>
    Private = 0,

    /// <summary>The CPU addresses it over the link: entries stay present, and a touch is an access over the link.</summary>
    Coherent,
}
