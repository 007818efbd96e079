namespace HmmSim.Nodes.Workloads;

/// <summary>
/// What an access asks of the page table: nothing else decides whether it faults. An instruction fetch is a read,
/// because no entry of the model tells executable pages apart.
/// </summary>
public enum AccessKind : byte
{
    /// <summary>A load or an instruction fetch.</summary>
    Read = 0,

    /// <summary>A store, or a read-modify-write, which needs write permission from its first half on.</summary>
    Write = 1,
}
