namespace HmmSim.Protocol.Calls;

/// <summary>The byte that a snapshot gives for a page (<c>HMM_DMIRROR_PROT_*</c> of <c>lib/test_hmm_uapi.h</c>): kind, access and size combined.</summary>
public static class DevicePermission
{
    /// <summary>No usable entry.</summary>
    public const byte None = 0x00;

    /// <summary>Loads only.</summary>
    public const byte Read = 0x01;

    /// <summary>Loads and stores.</summary>
    public const byte Write = 0x02;

    /// <summary>Mapped by one 2 MiB entry.</summary>
    public const byte Pmd = 0x04;

    /// <summary>The shared zero page.</summary>
    public const byte Zero = 0x10;

    /// <summary>Device-private memory of the asking device.</summary>
    public const byte PrivateLocal = 0x20;

    /// <summary>Coherent memory of the asking device.</summary>
    public const byte CoherentLocal = 0x40;

    /// <summary>Coherent memory of another device.</summary>
    public const byte CoherentRemote = 0x50;

    /// <summary>No area, or one that a device may not read.</summary>
    public const byte Error = 0xff;
}
