using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol;

/// <summary>What must not be left when a run has ended.</summary>
public partial class CpuMemory
{
    /// <summary>Everything that is still under way, one line each; empty at quiescence.</summary>
    public IEnumerable<string> Unfinished() =>
        _migrations.Values.Select(migration => $"{Id}: migration {migration} is not done, {migration.Waiters.Count} wait for it")
            .Concat(_faults.Values.Select(fault => $"{Id}: {fault.Work} of page {fault.Address} is not done, {fault.Waiters.Count} wait for it"))
            .Concat(_calls.Values.Select(call => $"{Id}: {call.Request.Kind} {call.Request.Call?.Kind} {call.Id} is not done"))
            .Concat(_spaces.Where(space => space is { IsWriteLocked: true } or { ActiveTransactions: > 0 } or { LockWaiters.Count: > 0 })
                .Select(space => $"{Id}: address space {space!.Id.Value} is locked or waited for"))
            .Concat(_activity.Keys.Select(block => $"{Id}: block {block} is still marked busy"))
            .Order(StringComparer.Ordinal);

    /// <summary>True if the device is told before this RAM page goes away.</summary>
    public bool IsSubscribed(BlockKey block, MemoryId mirror, int page) =>
        _mirrors.TryGetValue(block, out List<MirrorMapping>? mirrors)
        && mirrors.Exists(mapping => mapping.Mirror == mirror && mapping.Pages.Contains(page));

    /// <summary>The migrations under way.</summary>
    public IReadOnlyCollection<MigrationTransaction> Migrations => _migrations.Values;

    /// <summary>The faults under way that take more than one step.</summary>
    internal IReadOnlyCollection<FaultTransaction> Faults => _faults.Values;

    /// <summary>The calls and drivers' requests under way.</summary>
    internal IReadOnlyCollection<CallTransaction> CallsInWork => _calls.Values;

    /// <summary>True while a call or a driver's request works in an address space.</summary>
    public bool HasCallIn(AddressSpaceId space) => _calls.Values.Any(call => call.Continuation.Block.Space == space);

    /// <summary>True if some transaction has locked the page, or its frame under another address.</summary>
    public bool IsLocked(BlockKey block, int page, PageTableEntry entry) =>
        (ActivityOf(block)?.Locked.Contains(page) ?? false) || IsFrameLocked(entry);
}
