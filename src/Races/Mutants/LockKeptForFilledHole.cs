using HmmSim.Protocol;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B34 (c7b402a43139): a page made for a hole that was filled meanwhile is given up, and the lock is kept on that path.
/// </summary>
internal sealed class LockKeptForFilledHole : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override void EndTransactions(MigrationTransaction migration, AddressSpace space)
        {
            if (migration.Holes.Enumerate().All(page => IsInserted(migration, page)))
            {
                base.EndTransactions(migration, space);
            }
        }

        private bool IsInserted(MigrationTransaction migration, int page) =>
            Entry(migration.Block.Space, migration.Block.Block.Page(page)).Frame == migration.Frames[page];
    }
}
