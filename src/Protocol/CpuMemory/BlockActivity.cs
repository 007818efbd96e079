using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;

namespace HmmSim.Protocol;

/// <summary>The transactions that are under way in one block; exists only while there is one.</summary>
internal sealed class BlockActivity
{
    /// <summary>Migrations, in order of their start. Their locked pages are disjoint.</summary>
    public readonly List<MigrationTransaction> Migrations = [];

    /// <summary>The unmap that excludes everything else, or null.</summary>
    public UnmapTransaction? Unmap;

    /// <summary>True if nothing is under way.</summary>
    public bool IsIdle => Migrations.Count == 0 && Unmap is null;

    /// <summary>The pages that some migration has locked.</summary>
    public PageMask Locked
    {
        get
        {
            PageMask locked = default;
            foreach (MigrationTransaction migration in Migrations)
            {
                locked |= migration.Locked;
            }

            return locked;
        }
    }

    /// <summary>Where a message waits that needs a page which is locked.</summary>
    public List<Message> WaitersOf(int page) => Migrations.Find(migration => migration.Locked.Contains(page))!.Waiters;
}
