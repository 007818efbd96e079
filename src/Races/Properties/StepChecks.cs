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
        MigrationTransaction? migration = before.Migrations.FirstOrDefault(migration => migration.Request == finalize.Transaction && migration.Initiator == finalize.To);
        bool hasContents = migration is not null && !migration.Sources.TrueForAll(source => source.Pages.IsEmpty);
        bool isLast = migration is { Phase: MigrationPhase.CopyingFromStaging, Pending: 1 } or { Phase: MigrationPhase.Copying, Pending: 1, Staged.IsEmpty: true };
        return hasContents && !isLast ? $"{message.Kind} finalizes a migration that is {migration!.Phase} and waits for {migration.Pending} more" : null;
    }

    /// <summary>A page that was a hole when it was collected, present before this step, and on the device after it.</summary>
    private static string? Overwritten(MachineView before, MachineView after, Message finalize, World world)
    {
        foreach (int page in finalize.Pages)
        {
            CpuPageView? old = before.CpuPages.FirstOrDefault(view => IsAt(view, finalize, page));
            CpuPageView? now = after.CpuPages.FirstOrDefault(view => IsAt(view, finalize, page));
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

    private static bool IsAt(CpuPageView view, Message message, int page) =>
        view.Space == message.Block.Space.Value && World.PageOf(view.Page) == message.Block.Block.Page(page);
}
