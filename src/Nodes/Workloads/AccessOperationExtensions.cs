namespace HmmSim.Nodes.Workloads;

/// <summary>How operations appear to the page table.</summary>
public static class AccessOperationExtensions
{
    /// <summary>The access kind the page table sees.</summary>
    public static AccessKind Kind(this AccessOperation operation) => operation switch
    {
        AccessOperation.Read => AccessKind.Read,
        AccessOperation.Write => AccessKind.Write,
        AccessOperation.Update => AccessKind.Write,
    };

    /// <summary>Accesses that one operation counts as: 2 for an update, else 1.</summary>
    public static int Accesses(this AccessOperation operation) => operation switch
    {
        AccessOperation.Read => 1,
        AccessOperation.Write => 1,
        AccessOperation.Update => 2,
    };
}
