namespace HmmSim.Protocol;

/// <summary>How far <c>handle_mm_fault</c> came.</summary>
internal enum FaultOutcome : byte
{
    /// <summary>The entry permits the access now.</summary>
    Done = 0,

    /// <summary>The waiter was put to a transaction and is decided again at its end.</summary>
    Waits,

    /// <summary>The page cannot be had (<c>VM_FAULT_SIGBUS</c>).</summary>
    BusError,
}
