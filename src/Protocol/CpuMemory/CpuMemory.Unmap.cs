using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>Migration phase 2, unmap: make sure that no mirror and no CPU TLB still reaches the pages.</summary>
public sealed partial class CpuMemory
{
    private void BeginUnmap(in StepContext context, MigrationTransaction migration, Message cause, EffectBuffer effects)
    {
        AddressSpace space = Space(migration.Block.Space);
        bool isEviction = migration.Cause == MigrationCause.Eviction;
        PageMask notified = isEviction ? migration.Locked : migration.Range;
        MemoryId owner = isEviction ? MemoryId.None : migration.Initiator == Id ? OwnerAsked(migration) : migration.Initiator;
        if (!notified.IsEmpty)
        {
            Invalidate(space, migration.Block, notified, migration.Locked, owner, migration.Id, migration.Invalidated, effects);
        }

        UnmapElsewhere(migration, effects);
        migration.Pending = migration.Invalidated.Count;
        VirtualDuration work = migration.Destination == Id ? _spec.PageOverhead * migration.Pages.Count : VirtualDuration.Zero;
        if (migration.Sources.Exists(source => IsAddressable(source.Memory)))
        {
            work += _spec.TlbShootdown;
        }

        migration.Pending += StartCpuWork(migration.Id, migration.Block, work, effects);
        if (migration.Pending == 0)
        {
            EndUnmap(context, migration, cause, effects);
        }
    }

    /// <summary>The device whose pages a CPU touch brings back: it runs the migration, so it is told as their owner.</summary>
    private static MemoryId OwnerAsked(MigrationTransaction migration) =>
        migration.Sources.Count > 0 ? migration.Sources[0].Memory : MemoryId.None;

    /// <summary>Mirrors of the other address spaces that mapped a shared page (<c>try_to_migrate</c> over the reverse mapping).</summary>
    private void UnmapElsewhere(MigrationTransaction migration, EffectBuffer effects)
    {
        foreach ((int page, PageFrameNumber frame) in migration.Shared)
        {
            PageAddress here = new(migration.Block.Space, migration.Block.Block.Page(page));
            foreach (PageAddress mapping in _pages[frame].Mappings)
            {
                if (mapping != here || migration.Detached.Contains(page))
                {
                    PageMask pages = PageMask.Of(mapping.Page.IndexInBlock);
                    Invalidate(
                        Space(mapping.Space), mapping.Block, pages, pages, MemoryId.None, migration.Id, migration.Invalidated, effects);
                }
            }
        }
    }

    private void EndUnmap(in StepContext context, MigrationTransaction migration, Message cause, EffectBuffer effects)
    {
        effects.Note(NoteKind.UnmapPhase, (context.Now - migration.PhaseBegan).Picoseconds);
        EndInvalidation(migration.Invalidated, migration.Id, effects);
        BeginCopy(context, migration, cause, effects);
    }
}
