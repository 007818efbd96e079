using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary>
/// Migration phase 3, copy: contents go from owner to requester directly, on one host and across hosts, or through staging
/// frames in RAM where two devices do not reach each other.
/// </summary>
public partial class CpuMemory
{
    private void BeginCopy(in StepContext context, MigrationTransaction migration, Message cause, EffectBuffer effects)
    {
        migration.Phase = MigrationPhase.Copying;
        migration.PhaseBegan = context.Now;
        migration.SourceFrames = SourceFrames(migration);
        foreach ((MemoryId source, PageMask pages) in migration.Sources)
        {
            if (!IsDirect(source, migration.Destination))
            {
                migration.Staged |= pages;
            }
        }

        if (!migration.Staged.IsEmpty)
        {
            migration.StagingFrames = AllocateRam(migration.Block, migration.Staged);
        }

        foreach ((MemoryId source, PageMask pages) in migration.Sources)
        {
            migration.Pending++;
            if (source == Id)
            {
                SendFromRam(migration, pages, migration.SourceFrames, effects);
            }
            else
            {
                SendCopyPages(migration, source, pages, effects);
            }
        }

        if (!AwaitsContents(migration))
        {
            MigratePages(migration, cause, effects);
        }
    }

    /// <summary>True while contents are on their way.</summary>
    internal virtual bool AwaitsContents(MigrationTransaction migration) => migration.Pending > 0;

    private void SendCopyPages(MigrationTransaction migration, MemoryId source, in PageMask pages, EffectBuffer effects)
    {
        bool isStaged = migration.Staged.Overlaps(pages);
        effects.Send(new Message
        {
            Kind = MessageKind.CopyPages,
            From = Id,
            To = source,
            Block = migration.Block,
            Pages = pages,
            Frames = migration.SourceFrames,
            TargetFrames = isStaged ? migration.StagingFrames : migration.Frames,
            Transaction = migration.Id,
            Destination = isStaged ? Id : migration.Destination,
        });
    }

    private void SendFromRam(MigrationTransaction migration, in PageMask pages, PageFrames frames, EffectBuffer effects)
    {
        Message data = new()
        {
            Kind = MessageKind.PageData,
            From = Id,
            To = migration.Destination,
            Block = migration.Block,
            Pages = pages,
            TargetFrames = migration.Frames,
            Transaction = migration.Id,
            Values = ReadValues(pages, frames),
        };
        effects.Copy(data, (long)pages.Count * VirtualPageNumber.PageBytes);
    }

    private Verdict ReceivePageData(in StepContext context, Message message, EffectBuffer effects)
    {
        if (_faults.TryGetValue(message.Transaction, out FaultTransaction? fault) && fault.IsCopying)
        {
            Ram.WriteValue(fault.Target, message.Values[fault.Address.Page.IndexInBlock]);
            FinishFault(fault, effects);
            return Verdict.Handled;
        }

        MigrationTransaction migration = FindCopying(message);
        PageFrames frames = migration.Destination == Id ? migration.Frames : migration.StagingFrames;
        StoreContents(message, frames);
        return CopyProgress(context, message, effects);
    }

    internal virtual void StoreContents(Message data, PageFrames frames)
    {
        if (data.Values is { } values)
        {
            foreach (int page in data.Pages)
            {
                Ram.WriteValue(frames[page], values[page]);
            }
        }
    }

    private Verdict CopyProgress(in StepContext context, Message message, EffectBuffer effects)
    {
        MigrationTransaction migration = FindCopying(message);
        if (--migration.Pending > 0)
        {
            return Verdict.Handled;
        }

        if (migration.Phase == MigrationPhase.Copying && !migration.Staged.IsEmpty)
        {
            CopyFromStaging(migration, message, effects);
            return Verdict.Handled;
        }

        effects.Note(NoteKind.CopyPhase, (context.Now - migration.PhaseBegan).Picoseconds);
        MigratePages(migration, message, effects);
        return Verdict.Handled;
    }

    /// <summary>The second of two copies, from RAM to the destination.</summary>
    internal virtual void CopyFromStaging(MigrationTransaction migration, Message cause, EffectBuffer effects)
    {
        migration.Phase = MigrationPhase.CopyingFromStaging;
        migration.Pending = 1;
        SendFromRam(migration, migration.Staged, migration.StagingFrames, effects);
    }

    private MigrationTransaction FindCopying(Message message) =>
        _migrations.TryGetValue(message.Transaction, out MigrationTransaction? migration)
        && migration.Phase is MigrationPhase.Copying or MigrationPhase.CopyingFromStaging
            ? migration
            : throw Impossible($"no transaction copies under this number: {migration}", message);

    /// <summary>The frames that the migration entries name.</summary>
    private PageFrames SourceFrames(MigrationTransaction migration)
    {
        PageTable<CpuEntryLayout> table = Table(migration.Block.Space);
        var frames = new PageFramesBuilder();
        foreach (int page in migration.Pages)
        {
            frames.Add(page, migration.Detached.Contains(page)
                ? migration.FrameOfShared(page)
                : new PageTableEntry(table[migration.Block.Block.Page(page)]).Frame);
        }

        return frames.Build();
    }

    private PageWords ReadValues(in PageMask pages, PageFrames frames)
    {
        if (!_layout.TracksValues)
        {
            return default;
        }

        PageWords values = PageWords.WithPlaces();
        foreach (int page in pages)
        {
            values[page] = Ram.ReadValue(frames[page]);
        }

        return values;
    }
}
