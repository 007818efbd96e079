namespace HmmSim.Nodes.Observation;

/// <summary>The phases of a fault, in their order.</summary>
public enum FaultPhase : byte
{
    /// <summary>From the fault to the start of its servicing.</summary>
    Queue,

    /// <summary>Collecting and unmapping the pages (<c>migrate_vma_setup</c>), invalidations of mirrors included.</summary>
    CollectUnmap,

    /// <summary>Copying the data.</summary>
    Copy,

    /// <summary>Moving the metadata and installing the final entries (<c>migrate_vma_pages</c>, <c>migrate_vma_finalize</c>).</summary>
    Finalize,

    /// <summary>From the end of servicing to the retried access.</summary>
    Replay,

    /// <summary>From the fault to the access that succeeds.</summary>
    Total,
}
