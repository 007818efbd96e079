namespace HmmSim.Protocol.Calls;

/// <summary>The signal that a load or store ends with, and its <c>si_code</c>.</summary>
public enum FaultSignal : byte
{
    /// <summary>None: the access went through.</summary>
    None = 0,

    /// <summary>SIGSEGV, <c>SEGV_MAPERR</c>: no area at the address.</summary>
    MapError,

    /// <summary>SIGSEGV, <c>SEGV_ACCERR</c>: the area does not permit the access.</summary>
    AccessError,

    /// <summary>SIGBUS, <c>BUS_ADRERR</c>: the area is there, the page cannot be had (beyond the end of a file).</summary>
    BusError,
}
