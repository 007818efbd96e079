namespace HmmSim.Explorer.Samples;

/// <summary>What an agent of <see cref="PageMigrationModel"/> does to a page.</summary>
public enum PageOperationKind : byte
{
    /// <summary>Writes the page; if the agent does not hold it, asks the home for it first.</summary>
    Touch,

    /// <summary>Gives the page back to the home, if the agent holds it.</summary>
    Evict,

    /// <summary>Asks the home to unmap the page.</summary>
    Unmap,
}
