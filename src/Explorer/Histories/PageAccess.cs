namespace HmmSim.Explorer.Histories;

/// <summary>An access to a page whose data carry the version that the last write gave them.</summary>
/// <param name="Page">The page.</param>
/// <param name="Actor">Who accessed it, for messages.</param>
/// <param name="IsWrite">Whether it made the version or saw it.</param>
/// <param name="Version">The version made or seen; every write of a page makes another one, and 0 is what the page holds before
/// any write.</param>
/// <param name="Begin">When the access began, in steps of a run or any other unit.</param>
/// <param name="End">When it was complete; not before <paramref name="Begin"/>.</param>
public sealed record PageAccess(int Page, int Actor, bool IsWrite, long Version, long Begin, long End)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{(IsWrite ? "write" : "read")} of version {Version} of page {Page} by actor {Actor} in [{Begin}, {End}]";
}
