using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Properties;

/// <summary>Properties of all machines at one instant, whatever is under way.</summary>
internal static class StateChecks
{
    /// <summary>The first property that is violated and how, or -1.</summary>
    public static (int Property, string? Problem) Check(MachineView[] views, World world)
    {
        MachineView home = views[0];
        if (home.Reached is [var reached, ..])
        {
            return (RaceProperties.SingleLocation, $"a migration moves page {reached.Page}, and the CPU reaches it in {reached.Entry}");
        }

        if (Lowest(home.CpuPages.Select(page => CheckCpuPage(page, views, world))) is { Property: >= 0 } ofCpu)
        {
            return ofCpu;
        }

        if (home.Surplus.FirstOrDefault(surplus => surplus.Surplus != 0) is { Surplus: not 0 } surplus)
        {
            return (surplus.Surplus > 0 ? RaceProperties.WaitersHoldNothing : RaceProperties.References,
                $"{surplus.Frame} has {surplus.Surplus:+0;-0} references beyond those of mappings, caches and pins");
        }

        return Lowest(Enumerable.Range(1, views.Length - 1)
            .SelectMany(device => views[device].DevicePages.Select(page => CheckDevicePage(device, page, views, world))));
    }

    /// <summary>One of several problems, whatever the names of the devices and address spaces that have them.</summary>
    private static (int Property, string? Problem) Lowest(IEnumerable<(int Property, string? Problem)> found)
    {
        (int Property, string? Problem) lowest = (-1, null);
        foreach ((int Property, string? Problem) problem in found)
        {
            lowest = problem.Property >= 0 && (lowest.Property < 0 || problem.Property < lowest.Property) ? problem : lowest;
        }

        return lowest;
    }

    private static (int Property, string? Problem) CheckCpuPage(CpuPageView page, MachineView[] views, World world)
    {
        PageTableEntry entry = page.Entry;
        if (entry.Kind is EntryKind.Present or EntryKind.DevicePrivate or EntryKind.DeviceExclusive
            && !entry.IsZeroPage
            && OwnerOf(entry.Frame, views) is { } owner
            && views[owner].ReferencesOf(entry.Frame) == 0)
        {
            return (RaceProperties.References, $"the CPU's entry of page {page.Page} is {entry}, and the frame is free");
        }

        if (entry.IsPresent && entry.IsWritable && page.IsAnonymous && !views[0].BusySpaces.Contains(page.Space) && (!page.MayWrite || page.Mappings > 1))
        {
            return (RaceProperties.WritePermission, page.MayWrite
                ? $"the CPU may write page {page.Page} of address space {page.Space}, and {page.Mappings} entries share its frame"
                : $"the CPU may write page {page.Page} of address space {page.Space}, and its area may not be written");
        }

        if (entry.Kind is EntryKind.DevicePrivate && entry.IsWritable && page.Mappings > 1 && !views[0].BusySpaces.Contains(page.Space))
        {
            return (RaceProperties.WritePermission, $"page {page.Page} of address space {page.Space} is {entry}, and {page.Mappings} entries share its frame");
        }

        if (entry.IsPresent && !entry.IsDirty && page is { SwapCopy: { } copy, Value: { } value } && copy != value)
        {
            return (RaceProperties.DirtyIsKept, $"page {page.Page} is clean with value {value}, and its swap slot holds {copy}");
        }

        return (-1, null);
    }

    private static (int Property, string? Problem) CheckDevicePage(int device, DevicePageView page, MachineView[] views, World world)
    {
        DeviceEntry entry = page.Entry;
        PageFrameNumber frame = entry.Frame;
        string name = world.Names[device];
        if (frame == PageFrameNumber.ZeroPage)
        {
            return entry.IsWritable ? (RaceProperties.WritePermission, $"{name} may write the zero page at page {page.Page}") : (-1, null);
        }

        int owner = OwnerOf(frame, views) ?? -1;
        if (owner < 0 || (entry.IsLocal && owner != device)
            || (owner != device && owner > 0 && world.Layout.Memories[World.IdOf(owner)].Type is MemoryType.DevicePrivate or MemoryType.RemoteRam))
        {
            return (RaceProperties.OwnFramesOnly, $"{name} maps page {page.Page} as {entry}, a frame that it cannot reach");
        }

        CpuPageView? cpu = views[0].CpuPages.FirstOrDefault(view => view.Space == page.Space && view.Page == page.Page);
        if (cpu is not null && !cpu.HasArea && !views[0].BusySpaces.Contains(page.Space))
        {
            return (RaceProperties.NothingAfterUnmap, $"{name} maps page {page.Page} as {entry}, which is unmapped");
        }

        if (views[device].IsMigratingHere)
        {
            return (-1, null);
        }

        if (views[owner].ReferencesOf(frame) == 0 && owner > 0 && views[device].IsOpen && !views[owner].IsOpen)
        {
            return (RaceProperties.RemovedHoldsNothing, $"{name} maps page {page.Page} as {entry}, a frame of {world.Names[owner]}, which is closed");
        }

        if (views[owner].ReferencesOf(frame) == 0)
        {
            return (RaceProperties.NoStaleMapping, $"{name} maps page {page.Page} as {entry}, and the frame is free");
        }

        return cpu is null ? (-1, null) : CompareWithCpu(name, page, cpu, views, world, device);
    }

    private static (int Property, string? Problem) CompareWithCpu(
        string name, DevicePageView page, CpuPageView cpu, MachineView[] views, World world, int device)
    {
        DeviceEntry entry = page.Entry;
        if (cpu.Entry.IsPresent && !cpu.Entry.IsZeroPage && cpu.Entry.Frame != entry.Frame)
        {
            return entry.IsWritable && cpu.Entry.IsWritable
                ? (RaceProperties.SingleLocation, $"the CPU may write page {page.Page} in {cpu.Entry}, {name} in {entry}")
                : cpu.Entry.IsWritable || entry.IsWritable
                    ? (RaceProperties.NoStaleMapping, $"the CPU has page {page.Page} in {cpu.Entry}, {name} in {entry}")
                    : (-1, null);
        }

        if (cpu.Entry.Kind == EntryKind.DevicePrivate && cpu.Entry.Frame != entry.Frame)
        {
            return (RaceProperties.NoStaleMapping, $"page {page.Page} is {cpu.Entry}, and {name} maps {entry}");
        }

        if (entry.IsWritable
            && cpu.Entry.Kind is EntryKind.Present or EntryKind.DevicePrivate
            && cpu.Mappings > 1
            && cpu.IsAnonymous
            && !views[0].BusySpaces.Contains(page.Space))
        {
            return (RaceProperties.WritePermission, $"{name} may write page {page.Page} as {entry}, and {cpu.Mappings} entries share its frame");
        }

        if (entry.IsWritable && cpu is { HasArea: true, MayWrite: false } && !views[0].BusySpaces.Contains(page.Space))
        {
            return (RaceProperties.WritePermission, $"{name} may write page {page.Page} as {entry}, and its area may not be written");
        }

        for (int other = 1; other < views.Length; other++)
        {
            DevicePageView? rival = other == device
                ? null
                : views[other].DevicePages.FirstOrDefault(view => view.Space == page.Space && view.Page == page.Page);
            if (rival is not null
                && rival.Entry.Frame != entry.Frame
                && rival.Entry.Frame != PageFrameNumber.ZeroPage
                && (rival.Entry.IsWritable || entry.IsWritable))
            {
                return (rival.Entry.IsWritable && entry.IsWritable ? RaceProperties.SingleLocation : RaceProperties.NoStaleMapping,
                    $"{name} maps page {page.Page} as {entry}, {world.Names[other]} as {rival.Entry}");
            }
        }

        return (-1, null);
    }

    private static int? OwnerOf(PageFrameNumber frame, MachineView[] views)
    {
        int owner = Array.FindIndex(views, view => view.Owns(frame));
        return owner < 0 ? null : owner;
    }
}
