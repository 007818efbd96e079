namespace HmmSim.Protocol.Policies;

/// <summary>When the device is told to retry (<c>uvm_perf_fault_replay_policy</c>).</summary>
public enum ReplayPolicy : byte
{
    /// <summary>After each serviced VA block.</summary>
    Block = 0,

    /// <summary>After each batch; faults still in the buffer stay and may be serviced twice.</summary>
    Batch,

    /// <summary>After each batch, with the buffer emptied first: what was in it is raised again. The driver's default.</summary>
    BatchFlush,

    /// <summary>Once the buffer is empty.</summary>
    Once,
}
