using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol;

/// <summary><c>mmap_lock</c> and page locks: who waits for whom.</summary>
/// <remarks>
/// Readers are not counted one by one: a transaction counts in <see cref="AddressSpace.ActiveTransactions"/> of every address space
/// it touches, and a request that waits for a transaction holds nothing and is decided again afterwards. A writer waits for all
/// transactions, those of evictions included, which in Linux hold page locks only.
/// </remarks>
public partial class CpuMemory
{
    /// <summary>If a writer has the lock or waits for it, the message waits behind it.</summary>
    private bool WaitsForLock(AddressSpace space, Message message)
    {
        // Being granted means to go before later waiters. A writer may have been granted in the same step and come first.
        if (!space.IsWriteLocked && (_isGranted || space.LockWaiters.Count == 0))
        {
            return false;
        }

        space.LockWaiters.Enqueue(message);
        return true;
    }

    /// <summary>Takes the lock for writing, or puts the message to the waiters.</summary>
    private bool TryWriteLock(AddressSpace space, Message message)
    {
        bool isFree = !space.IsWriteLocked && space.ActiveTransactions == 0 && (_isGranted || space.LockWaiters.Count == 0);
        if (isFree)
        {
            space.IsWriteLocked = true;
        }
        else
        {
            space.LockWaiters.Enqueue(message);
        }

        return isFree;
    }

    private void WriteUnlock(AddressSpace space)
    {
        space.IsWriteLocked = false;
        PassLockOn(space);
    }

    private protected static void BeginTransactionIn(AddressSpace space) => space.ActiveTransactions++;

    private protected void EndTransactionIn(AddressSpace space)
    {
        space.ActiveTransactions--;
        PassLockOn(space);
    }

    /// <summary>Lets the first waiter go on, and with a reader all readers up to the next writer.</summary>
    private void PassLockOn(AddressSpace space)
    {
        while (!space.IsWriteLocked && space.LockWaiters.TryPeek(out Message? first))
        {
            bool isWriter = IsWriter(first);
            if (isWriter && space.ActiveTransactions > 0)
            {
                return;
            }

            _woken.Enqueue((space.LockWaiters.Dequeue(), true));
            if (isWriter)
            {
                return;
            }
        }
    }

    private bool IsWriter(Message message) =>
        message.Kind == MessageKind.Call
        && (_calls.TryGetValue(message.Transaction, out CallTransaction? call) ? call.WantsWriteLock : CallTransaction.IsWriter(message.Call!.Kind));

    /// <summary>The pages of a block that some transaction has locked.</summary>
    internal virtual PageMask LockedPages(BlockKey block) => ActivityOf(block)?.Locked ?? default;

    /// <summary>A locked page counts as one in flight, also while its entry still names the owner.</summary>
    private EntryKind KindOf(PageTableEntry entry, in PageMask locked, int page) =>
        locked.Contains(page) || IsFrameLocked(entry) ? EntryKind.Migration : entry.Kind;

    private bool IsFrameLocked(PageTableEntry entry) =>
        _lockedFrames.Count > 0 && NamesFrame(entry) && _lockedFrames.ContainsKey(entry.Frame);

    /// <summary>A message that needs a page which is locked waits for the transaction, and holds nothing meanwhile.</summary>
    internal virtual void WaitForPage(BlockKey block, int page, PageTableEntry entry, Message waiter) => WaitersOf(block, page, entry).Add(waiter);

    /// <summary>A migration is over: who waited for its pages is decided again.</summary>
    internal virtual void WakeWaiters(MigrationTransaction migration) => Wake(migration.Waiters);

    /// <summary>Where a message waits that needs a page which is locked.</summary>
    private List<Message> WaitersOf(BlockKey block, int page, PageTableEntry entry) =>
        ActivityOf(block)?.WaitersOf(page)
        ?? (_lockedFrames.TryGetValue(entry.Frame, out var migration) ? migration.Waiters : null)
        ?? throw new InvalidOperationException($"{entry} of page {page} of block {block} is locked by nobody");

    private static bool NamesFrame(PageTableEntry entry) =>
        entry.Kind is EntryKind.Present or EntryKind.DevicePrivate or EntryKind.DeviceExclusive or EntryKind.Migration;
}
