namespace HmmSim.Explorer.Histories;

/// <summary>
/// Whether the accesses to each page look as if each took effect at one instant between its begin and its end (Herlihy, Wing
/// 1990). Page by page, since a history is linearizable if and only if it is for every object.
/// </summary>
/// <remarks>
/// With versions that are never made twice it takes n log n steps (Gibbons, Korach: "Testing shared memories", 1997): a version
/// is current at least from the first end to the last begin of the accesses that name it, its <i>zone</i>, if that is forward in
/// time. Two forward zones must not overlap, and the zone of a version all of whose accesses overlap must not lie within a
/// forward one.
/// </remarks>
public static class PageLinearizability
{
    /// <summary>Why a history is not linearizable, for the first page of which it is not; or null if it is.</summary>
    /// <exception cref="ArgumentException">A version was written twice, is negative or 0, or an access ends before it
    /// begins.</exception>
    public static string? FindViolation(IEnumerable<PageAccess> accesses) => accesses
        .GroupBy(access => access.Page)
        .OrderBy(page => page.Key)
        .Select(page => OfPage([.. page]))
        .FirstOrDefault(found => found is not null);

    private static string? OfPage(List<PageAccess> accesses)
    {
        Dictionary<long, PageAccess> writes =
            new() { [0] = new PageAccess(accesses[0].Page, -1, true, 0, long.MinValue, long.MinValue) };
        foreach (PageAccess access in accesses)
        {
            if (access.End < access.Begin)
            {
                throw new ArgumentException($"the {access} ends before it begins", nameof(accesses));
            }

            if (access.IsWrite && (access.Version <= 0 || !writes.TryAdd(access.Version, access)))
            {
                throw new ArgumentException($"the {access} makes a version that is there already, expected a new one above 0",
                    nameof(accesses));
            }
        }

        foreach (PageAccess read in accesses.Where(access => !access.IsWrite))
        {
            if (!writes.TryGetValue(read.Version, out PageAccess? write))
            {
                return $"the {read} saw what nobody wrote";
            }

            if (read.End < write.Begin)
            {
                return $"the {read} saw what was written only later: the {write}";
            }
        }

        return CompareZones([.. accesses.Append(writes[0]).GroupBy(access => access.Version)
            .Select(version => ZoneOf([.. version]))]);
    }

    private static Zone ZoneOf(List<PageAccess> accesses)
    {
        PageAccess first = accesses.MinBy(access => access.End)!;
        PageAccess last = accesses.MaxBy(access => access.Begin)!;
        return new Zone(first, last);
    }

    private static string? CompareZones(List<Zone> zones)
    {
        Zone[] forward = [.. zones.Where(zone => zone.IsForward).OrderBy(zone => zone.First.End)];
        for (int index = 1; index < forward.Length; index++)
        {
            // Forward zones that do not overlap are in the same order by begin and by end, so neighbours tell.
            if (forward[index].First.End < forward[index - 1].Last.Begin)
            {
                return $"two versions would have to be current at once: one from the {forward[index - 1].First} to the "
                    + $"{forward[index - 1].Last}, "
                    + $"the other from the {forward[index].First} to the {forward[index].Last}";
            }
        }

        foreach (Zone zone in zones.Where(zone => !zone.IsForward))
        {
            int at = Array.FindLastIndex(forward, other => other.First.End < zone.Last.Begin);
            if (at >= 0 && zone.First.End < forward[at].Last.Begin)
            {
                return $"the {zone.Last} lies wholly between the {forward[at].First} and the {forward[at].Last}";
            }
        }

        return null;
    }

    /// <summary>What the accesses that name a version say about when it is current.</summary>
    /// <param name="First">The access that ends first.</param>
    /// <param name="Last">The access that begins last.</param>
    private readonly record struct Zone(PageAccess First, PageAccess Last)
    {
        public bool IsForward => First.End < Last.Begin;
    }
}
