namespace HmmSim.Protocol.Calls;

/// <summary>What an area permits (<c>PROT_*</c> of <c>mmap</c>).</summary>
[Flags]
public enum Protections : byte
{
    /// <summary>Nothing: every touch fails (<c>PROT_NONE</c>).</summary>
    None = 0,

    /// <summary>Loads.</summary>
    Read = 1,

    /// <summary>Stores; on x86-64 a CPU may load too, a device may not.</summary>
    Write = 2,

    /// <summary>Loads and stores.</summary>
    ReadWrite = Read | Write,
}
