namespace HmmSim.Nodes.Scenarios;

/// <summary>When the driver replays faulted accesses; nvidia-uvm's <c>uvm_perf_fault_replay_policy</c>, same order.</summary>
public enum ReplayPolicy : byte
{
    /// <summary>After each serviced VA block.</summary>
    Block,

    /// <summary>After each batch.</summary>
    Batch,

    /// <summary>After each batch, with the faults still in the buffer thrown away first: the accesses raise them again if they must.</summary>
    BatchFlush,

    /// <summary>Only when the fault buffer is empty.</summary>
    Once,
}
