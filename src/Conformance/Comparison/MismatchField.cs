namespace HmmSim.Conformance.Comparison;

/// <summary>What differs after an operation: a field of its answer, or a part of the state.</summary>
public enum MismatchField
{
    /// <summary><c>skip</c>: whether the slot has a process.</summary>
    Skip = 0,

    /// <summary><c>e</c>: the error number.</summary>
    Error,

    /// <summary><c>sig</c>: the signal.</summary>
    Signal,

    /// <summary><c>code</c>: the code of the signal.</summary>
    Code,

    /// <summary><c>c</c>: pages handled.</summary>
    PageCount,

    /// <summary><c>f</c>: device faults.</summary>
    FaultCount,

    /// <summary><c>v</c>: values.</summary>
    Values,

    /// <summary><c>s</c>: permissions that a snapshot returned.</summary>
    Permissions,

    /// <summary>State: letters of entries, or the length of a window.</summary>
    Entries,

    /// <summary>State: which entries name the same page or swap slot.</summary>
    Sharing,

    /// <summary>State: permissions seen by device 0.</summary>
    Device0,

    /// <summary>State: permissions seen by device 1.</summary>
    Device1,

    /// <summary>The system threw an exception; the script ends there.</summary>
    Failure,
}
