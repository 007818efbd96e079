namespace HmmSim.Races.Worlds;

/// <summary>One operation of a thread.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Page">The page, from 0; 0 where none is meant.</param>
/// <param name="Device">The device whose driver is asked, from 1; 0 for the CPU.</param>
public sealed record Operation(OperationKind Kind, int Page, int Device)
{
    /// <summary>Pages from <see cref="Page"/> on.</summary>
    public int PageCount { get; init; } = 1;

    /// <summary>Whether the operation names a page.</summary>
    public static bool NamesPage(OperationKind kind) => kind is not (OperationKind.Evict or OperationKind.Close or OperationKind.FailAllocation
        or OperationKind.Fork or OperationKind.Exit or OperationKind.Unpin or OperationKind.Open or OperationKind.MigrateAll);

    /// <summary>Whether a driver carries it out.</summary>
    public static bool IsForDriver(OperationKind kind) => kind is OperationKind.Migrate or OperationKind.Return or OperationKind.Evict
        or OperationKind.Close or OperationKind.Exclusive or OperationKind.CheckExclusive or OperationKind.Snapshot or OperationKind.FailAllocation
        or OperationKind.Open or OperationKind.MigrateAll;
}
