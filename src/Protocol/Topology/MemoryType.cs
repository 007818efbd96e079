namespace HmmSim.Protocol.Topology;

/// <summary>How a memory relates to the CPU of its host (Linux <c>enum memory_type</c> and ordinary RAM).</summary>
public enum MemoryType : byte
{
    /// <summary>RAM of a host, addressed by its CPU: entries are present.</summary>
    Ram = 0,

    /// <summary>RAM that a host lends to ranges whose home is another host: to that home's CPU it is as un-addressable as a device.</summary>
    RemoteRam,

    /// <summary>Device memory the CPU cannot address (<c>MEMORY_DEVICE_PRIVATE</c>): named by a special swap entry.</summary>
    DevicePrivate,

    /// <summary>Device memory the CPU addresses coherently (<c>MEMORY_DEVICE_COHERENT</c>): entries are present.</summary>
    DeviceCoherent,

    /// <summary>Persistent memory that a file system maps (<c>MEMORY_DEVICE_FS_DAX</c>): entries are present, pages never move.</summary>
    FsDax,

    /// <summary>Memory of a device-dax character device (<c>MEMORY_DEVICE_GENERIC</c>): entries are present, pages never move.</summary>
    DeviceGeneric,

    /// <summary>A PCI BAR that peers may reach (<c>MEMORY_DEVICE_PCI_P2PDMA</c>): entries are present, pages never move.</summary>
    PciP2p,
}
