using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>Migration phase 2, unmap: make sure that no mirror and no CPU TLB still reaches the pages.</summary>
public partial class CpuMemory
{
    private void BeginUnmap(in StepContext context, MigrationTransaction migration, Message cause, EffectBuffer effects)
    {
        AddressSpace space = Space(migration.Block.Space);
        PageMask notified = NotifiedPages(migration);
        MemoryId owner = migration.IsByFrame ? MemoryId.None : migration.Initiator == Id ? OwnerAsked(migration) : migration.Initiator;
        if (!notified.IsEmpty)
        {
            Invalidate(
                space, migration.Block, notified, migration.Locked, owner, migration.Id, migration.Invalidated, effects, migration.Holes);
        }

        UnmapElsewhere(migration, effects);
        migration.Pending = migration.Invalidated.Count;
        VirtualDuration work = migration.Destination == Id ? _spec.PageOverhead * migration.Pages.Count : VirtualDuration.Zero;
        if (migration.Sources.Exists(source => IsAddressable(source.Memory)))
        {
            work += _spec.TlbShootdown;
        }

        migration.Pending += FlushTlbs(migration, work, effects);
        if (migration.Pending == 0)
        {
            EndUnmap(context, migration, cause, effects);
        }
    }

    /// <summary>Starts the CPU's own part of unmapping; returns how many completions to wait for.</summary>
    internal virtual int FlushTlbs(MigrationTransaction migration, VirtualDuration work, EffectBuffer effects) =>
        StartCpuWork(migration.Id, migration.Block, work, effects);

    /// <summary>The pages whose address space's mirrors are told.</summary>
    internal virtual PageMask NotifiedPages(MigrationTransaction migration) =>
        migration.IsByFrame ? migration.Locked - migration.SharedPages : migration.Range;

    /// <summary>The device whose pages a CPU touch brings back: it runs the migration, so it is told as their owner.</summary>
    private static MemoryId OwnerAsked(MigrationTransaction migration) =>
        migration.Sources.Count > 0 ? migration.Sources[0].Memory : MemoryId.None;

    /// <summary>
    /// Mirrors of all areas that may map a shared page. Linux tells those of each area the reverse mapping leads to, whether it maps the
    /// page or not, until no mapping is left (<c>try_to_migrate</c>).
    /// </summary>
    private void UnmapElsewhere(MigrationTransaction migration, EffectBuffer effects)
    {
        foreach ((int page, PageFrameNumber frame) in migration.Shared)
        {
            PageRecord record = _pages[frame];
            PageAddress here = new(migration.Block.Space, migration.Block.Block.Page(page));
            bool isCollected = !migration.IsByFrame;
            int left = record.Mappings.Count - (isCollected ? 1 : 0);
            foreach (PageAddress address in left == 0 ? [] : AddressesOf(record))
            {
                PageMask pages = PageMask.Of(address.Page.IndexInBlock);
                Invalidate(Space(address.Space), address.Block, pages, pages, MemoryId.None, migration.Id, migration.Invalidated, effects);
                if (record.Mappings.Contains(address) && !(isCollected && address == here) && --left == 0)
                {
                    break;
                }
            }
        }
    }

    /// <summary>Where the reverse mapping looks for a page: in order of the areas' place, a parent's before its child's.</summary>
    private List<PageAddress> AddressesOf(PageRecord record)
    {
        List<(long Begin, PageAddress Address)> found = [];
        long offset = record.IsFilePage ? record.FilePage : record.PageOffset;
        foreach (AddressSpace? space in _spaces)
        {
            foreach (Vma area in space?.Areas.Areas ?? [])
            {
                bool isReached = record.IsFilePage ? area.File == record.File : area.IsReachedFrom(record.AnonVma);
                if (isReached && offset >= area.PageOffset && offset < area.PageOffset + area.PageCount)
                {
                    found.Add((area.PageOffset, new PageAddress(space!.Id, area.Begin + (offset - area.PageOffset))));
                }
            }
        }

        return [.. found.OrderBy(place => place.Begin).Select(place => place.Address)];
    }

    internal virtual void EndUnmap(in StepContext context, MigrationTransaction migration, Message cause, EffectBuffer effects)
    {
        effects.Note(NoteKind.UnmapPhase, (context.Now - migration.PhaseBegan).Picoseconds);
        EndInvalidation(migration.Invalidated, migration.Id, effects);
        BeginCopy(context, migration, cause, effects);
    }
}
