namespace HmmSim.Protocol.AddressSpaces;

/// <summary>What is behind an area of virtual memory.</summary>
public enum AreaBacking : byte
{
    /// <summary>Private anonymous memory.</summary>
    Anonymous = 0,

    /// <summary>Shared anonymous memory (shmem): an unnamed file in RAM.</summary>
    SharedAnonymous,

    /// <summary>A file, private: a store makes an anonymous copy (<c>MAP_PRIVATE</c>).</summary>
    FilePrivate,

    /// <summary>A file, shared (<c>MAP_SHARED</c>).</summary>
    FileShared,

    /// <summary>A file on persistent memory, mapped without page cache (<c>MEMORY_DEVICE_FS_DAX</c>): the file system's fault callback fills entries.</summary>
    FsDax,

    /// <summary>A device-dax character device (<c>MEMORY_DEVICE_GENERIC</c>): its fault handler fills entries.</summary>
    DeviceDax,

    /// <summary>A PCI BAR that its driver maps (<c>MEMORY_DEVICE_PCI_P2PDMA</c>): all entries are present from <c>mmap</c> on.</summary>
    PciP2p,

    /// <summary>Private memory of reserved 2 MiB pages (<c>MAP_HUGETLB</c>): always mapped by PMD-level entries, never migrated.</summary>
    HugeTlb,

    /// <summary>Pages that a driver inserts itself, in RAM (<c>VM_MIXEDMAP</c>), as the mapping of a test_hmm device file.</summary>
    DriverPages,
}
