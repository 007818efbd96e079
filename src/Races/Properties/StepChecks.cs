using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Properties;

/// <summary>Properties of a single step of one machine.</summary>
internal static class StepChecks
{
    /// <summary>The property that a step violates and how, or -1.</summary>
    public static (int Property, string? Problem) Check(MachineView before, MachineView after, Message message, IReadOnlyList<Message> sent, World world)
    {
        if (message.Kind == MessageKind.CpuUnmapDone && before.Migrations.FirstOrDefault(migration => migration.Id == message.Transaction)
            is { Phase: not MigrationPhase.Unmapping } early)
        {
            return (RaceProperties.SingleLocation, $"until now a CPU may reach pages through its TLB, and their migration is {early.Phase} already");
        }

        if (message.Kind == MessageKind.MigrateToRam && before.References.Count(references => references > 0) < message.Pages.Count)
        {
            return (RaceProperties.NoStaleMapping, $"{world.Names[World.PositionOf(message.To)]} is asked for pages that it has freed");
        }

        if (message.Kind == MessageKind.MigrateVma && Misjudged(before, after) is { } misjudged)
        {
            return (RaceProperties.DirtyIsKept, misjudged);
        }

        if (LeftBehind(before, after) is { } left)
        {
            return (RaceProperties.HonestAnswers, left);
        }

        foreach (Message finalize in sent.Where(message => message.Kind == MessageKind.MigrateFinalize && !message.Pages.IsEmpty))
        {
            if (Finalized(before, finalize, message) is { } problem)
            {
                return (RaceProperties.CopiedBeforeFinalize, problem);
            }

            if (Overwritten(before, after, finalize, world) is { } overwritten)
            {
                return (RaceProperties.HoleStillEmpty, overwritten);
            }
        }

        return FindLostPermission(before, after) is { } lost ? (RaceProperties.WritePermission, lost) : (-1, null);
    }

    /// <summary>A migration that moves pages must have been copying, and this message must have been the last that it waited for.</summary>
    private static string? Finalized(MachineView before, Message finalize, Message message)
    {
        MigrationTransaction? migration = before.Migrations.FirstOrDefault(
            migration => migration.Request == finalize.Transaction && migration.Initiator == finalize.To);
        bool hasContents = migration is not null && !migration.Sources.TrueForAll(source => source.Pages.IsEmpty);
        bool isLast = migration is { Phase: MigrationPhase.CopyingFromStaging, Pending: 1 }
            or { Phase: MigrationPhase.Copying, Pending: 1, Staged.IsEmpty: true };
        return hasContents && !isLast ? $"{message.Kind} finalizes a migration that is {migration!.Phase} and waits for {migration.Pending} more" : null;
    }

    /// <summary>A migration entry is dirty if the present entry that it replaces was, and clean if it replaces one of device memory.</summary>
    private static string? Misjudged(MachineView before, MachineView after)
    {
        foreach (CpuPageView now in after.CpuPages.Where(view => view.Entry.Kind == EntryKind.Migration))
        {
            CpuPageView? old = before.CpuPages.FirstOrDefault(view => view.Space == now.Space && view.Page == now.Page && view.Entry.Frame == now.Entry.Frame);
            bool isLost = old is { Entry: { IsPresent: true, IsDirty: true } } && !now.Entry.IsDirty;
            bool isMadeUp = old is { Entry.Kind: EntryKind.DevicePrivate } && now.Entry.IsDirty;
            if (isLost || isMadeUp)
            {
                return $"page {now.Page} was {old!.Entry} and {(isLost ? "dirty" : "not dirty")}, and is {now.Entry} and {(isLost ? "clean" : "dirty")}";
            }
        }

        return null;
    }

    /// <summary>A page of RAM that did not move to a device though nothing but its mappings held it.</summary>
    private static string? LeftBehind(MachineView before, MachineView after)
    {
        foreach (MigrationTransaction migration in before.Migrations.Where(migration => migration.Destination != World.IdOf(0)
            && migration.Phase is MigrationPhase.Copying or MigrationPhase.CopyingFromStaging && after.Migrations.All(other => other.Id != migration.Id)))
        {
            foreach (int page in migration.Locked)
            {
                CpuPageView? old = before.CpuPages.FirstOrDefault(view => IsAt(view, migration.Block, page));
                CpuPageView? now = after.CpuPages.FirstOrDefault(view => IsAt(view, migration.Block, page));
                if (now is { Entry: { IsPresent: true, IsZeroPage: false } entry, IsAnonymous: true, SwapCopy: null } && old?.Entry.Frame == entry.Frame
                    && after.Owns(entry.Frame) && after.ReferencesOf(entry.Frame) == now.Mappings)
                {
                    return $"page {now.Page} does not move, and nobody but {now.Mappings} entries holds {entry.Frame}";
                }
            }
        }

        return null;
    }

    /// <summary>A page that was a hole when it was collected, present before this step, and on the device after it.</summary>
    private static string? Overwritten(MachineView before, MachineView after, Message finalize, World world)
    {
        foreach (int page in finalize.Pages)
        {
            CpuPageView? old = before.CpuPages.FirstOrDefault(view => IsAt(view, finalize.Block, page));
            CpuPageView? now = after.CpuPages.FirstOrDefault(view => IsAt(view, finalize.Block, page));
            if (old is { Entry: { IsPresent: true, IsZeroPage: false } entry } && now is not null && now.Entry.Frame != entry.Frame && before.Owns(entry.Frame))
            {
                return $"page {old.Page} was {entry} and is replaced by {now.Entry} of {world.Names[World.PositionOf(finalize.To)]}";
            }
        }

        return null;
    }

    /// <summary>
    /// A page that could be written, and whose migration entry does not say so. One step may end a call and begin a migration that waited for
    /// it; what a fork has shared or mprotect has forbidden is lost rightly.
    /// </summary>
    private static string? FindLostPermission(MachineView before, MachineView after)
    {
        foreach (CpuPageView old in before.CpuPages.Where(view => view.Entry is { IsWritable: true, Kind: not EntryKind.Migration }))
        {
            CpuPageView? now = after.CpuPages.FirstOrDefault(view => view.Space == old.Space && view.Page == old.Page);
            if (now is { Mappings: <= 1, MayWrite: true, Entry: { Kind: EntryKind.Migration, IsWritable: false } entry })
            {
                return $"page {old.Page} was {old.Entry}, and migrates as {entry}";
            }
        }

        return null;
    }

    private static bool IsAt(CpuPageView view, BlockKey block, int page) =>
        view.Space == block.Space.Value && World.PageOf(view.Page) == block.Block.Page(page);
}
