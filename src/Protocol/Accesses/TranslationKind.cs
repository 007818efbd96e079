namespace HmmSim.Protocol.Accesses;

/// <summary>What an access of a processor meets.</summary>
public enum TranslationKind : byte
{
    /// <summary>The page is in the memory beside the processor.</summary>
    Local = 0,

    /// <summary>The page is mapped in another memory, and reached over the links.</summary>
    Remote,

    /// <summary>No translation: a fault.</summary>
    Fault,

    /// <summary>The address space does not allow the access; it fails.</summary>
    Refused,
}
