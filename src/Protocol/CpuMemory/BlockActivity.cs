using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;

namespace HmmSim.Protocol;

/// <summary>The transactions that are under way in one block; exists only while there is one.</summary>
internal sealed class BlockActivity
{
    /// <summary>Migrations, in order of their start. Their locked pages are disjoint.</summary>
    public readonly List<MigrationTransaction> Migrations = [];

    /// <summary>Faults under way that change an entry in more than one step, in order of their start; each locks its page.</summary>
    public readonly List<FaultTransaction> Faults = [];

    /// <summary>True if nothing is under way.</summary>
    public bool IsIdle => Migrations.Count == 0 && Faults.Count == 0;

    /// <summary>The pages that some transaction has locked.</summary>
    public PageMask Locked
    {
        get
        {
            PageMask locked = default;
            foreach (MigrationTransaction migration in Migrations)
            {
                locked |= migration.Locked;
            }

            foreach (FaultTransaction fault in Faults)
            {
                locked.Add(fault.Address.Page.IndexInBlock);
            }

            return locked;
        }
    }

    /// <summary>Where a message waits that needs a page which is locked; null if none of these transactions has locked it.</summary>
    public List<Message>? WaitersOf(int page) =>
        Migrations.Find(migration => migration.Locked.Contains(page))?.Waiters
        ?? Faults.Find(fault => fault.Address.Page.IndexInBlock == page)?.Waiters;
}
