namespace HmmSim.Conformance.Traces;

/// <summary>What a trace's <c>mmap</c> maps, with the numbers of the format.</summary>
public enum MappingKind
{
    /// <summary>Private anonymous memory.</summary>
    Anonymous = 0,

    /// <summary>Shared anonymous memory.</summary>
    SharedAnonymous = 1,

    /// <summary>The file of the window, private.</summary>
    FilePrivate = 2,

    /// <summary>The file of the window, shared.</summary>
    FileShared = 3,
}
