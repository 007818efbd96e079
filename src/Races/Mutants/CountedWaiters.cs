using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B2 (1afaeb8293c9): who waits for a private page holds a reference to it. The migration counts one too many and leaves the page
/// where it is; all try again, and hold references again.
/// </summary>
internal sealed class CountedWaiters : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override void WaitForPage(BlockKey block, int page, PageTableEntry entry, Message waiter)
        {
            base.WaitForPage(block, page, entry, waiter);
            if (entry.Kind == EntryKind.DevicePrivate)
            {
                OpenRecord(entry.Frame, new PageAddress(block.Space, block.Block.Page(page))).LeakedReferences++;
            }
        }

        internal override void WakeWaiters(MigrationTransaction migration)
        {
            foreach ((_, PageFrameNumber frame) in migration.Shared)
            {
                if (RecordOf(frame) is { } record)
                {
                    record.LeakedReferences = 0;
                }
            }

            base.WakeWaiters(migration);
        }
    }
}
