namespace HmmSim.Nodes.Observation;

/// <summary>The phases of a fault, in their order.</summary>
public enum FaultPhase : byte
{
    /// <summary>A device fault: from its record in the buffer to the fetch of its batch.</summary>
    Queue,

    /// <summary>A migration: from collect to the last acknowledgement of unmap (<c>migrate_vma_setup</c>), TLB shootdown included.</summary>
    CollectUnmap,

    /// <summary>A migration: all its copies.</summary>
    Copy,

    /// <summary>A batch: from the last outcome that arrived to the replayed accesses.</summary>
    Finalize,

    /// <summary>A device fault: from its record in the buffer to the replayed access.</summary>
    DeviceTotal,

    /// <summary>A CPU fault: from the handler's first step to the resumed thread.</summary>
    CpuTotal,
}
