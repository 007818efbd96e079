namespace HmmSim.Conformance.Traces;

/// <summary>What an argument of an operation says, and so its range.</summary>
public enum ArgumentKind
{
    /// <summary><c>p</c>: slot of a process, 0 to 3.</summary>
    Process = 0,

    /// <summary><c>q</c>: slot of the child, 0 to 3.</summary>
    Child,

    /// <summary><c>d</c> of an open: 0 or 1.</summary>
    OwnDevice,

    /// <summary><c>d</c>: 0 or 1 for a handle of this process, 10 or 11 for an inherited one.</summary>
    Device,

    /// <summary><c>b</c>: window, 0 to 3.</summary>
    Window,

    /// <summary><c>pg</c>: page in the window, 0 to 4095.</summary>
    Page,

    /// <summary><c>n</c>: pages from <c>pg</c>, at least 1, inside the window.</summary>
    PageCount,

    /// <summary><c>b2</c>: window, 0 to 3.</summary>
    TargetWindow,

    /// <summary><c>pg2</c>: page in window <c>b2</c>, such that <c>n</c> pages lie inside it.</summary>
    TargetPage,

    /// <summary><c>prot</c>: 0 none, 1 read, 2 write, 3 both.</summary>
    Protections,

    /// <summary><c>kind</c> of a mapping, 0 to 3.</summary>
    Mapping,

    /// <summary><c>advice</c>: one of the numbers that traces use.</summary>
    Advice,

    /// <summary><c>val</c>: 64 bits.</summary>
    Value,

    /// <summary>Length of a file or of the list of pins in pages, 0 to 4096.</summary>
    Length,

    /// <summary><c>w</c>: 0 or 1.</summary>
    Flag,
}
