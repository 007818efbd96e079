using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>
/// The sending side of <c>mmu_interval_notifier</c>: who is told that entries change, before (start, acknowledged) and after (end).
/// </summary>
/// <remarks>
/// A driver of test_hmm's kind has one interval over the whole address space and is told of every change. One of nvidia-uvm's kind
/// is told of the blocks in which it has mapped something: RAM pages that it walked for, and its own pages.
/// </remarks>
public partial class CpuMemory
{
    private Verdict RegisterMirror(Message message)
    {
        Space(message.Block.Space).Mirrors.Add(message.From);
        return Verdict.Handled;
    }

    internal virtual Verdict UnregisterMirror(Message message)
    {
        Space(message.Block.Space).Mirrors.Remove(message.From);
        return Verdict.Handled;
    }

    /// <summary>
    /// Tells everyone who may have mapped one of these pages; whoever was told is added to <paramref name="told"/> and must acknowledge.
    /// </summary>
    /// <param name="space">The address space.</param>
    /// <param name="block">The block.</param>
    /// <param name="range">The range of the notifier: what an interval over the whole address space is told of.</param>
    /// <param name="changed">The pages that change.</param>
    /// <param name="initiator">The device whose own migration this is (event <c>MMU_NOTIFY_MIGRATE</c> with its owner), or none.</param>
    /// <param name="transaction">The transaction that waits.</param>
    /// <param name="told">The mirrors told so far.</param>
    /// <param name="effects">Effects of the step.</param>
    /// <param name="unlocked">
    /// Pages that may change: holes, of which a device may map the zero page. They are not locked, so that others change them meanwhile and
    /// must be acknowledged too; who is told of them stays subscribed.
    /// </param>
    private void Invalidate(
        AddressSpace space,
        BlockKey block,
        in PageMask range,
        in PageMask changed,
        MemoryId initiator,
        TransactionId transaction,
        List<Invalidation> told,
        EffectBuffer effects,
        in PageMask unlocked = default)
    {
        for (int i = 0; i < space.Mirrors.Count; i++)
        {
            MemoryId mirror = space.Mirrors[i];
            if (space.Mirrors.IndexOf(mirror) == i)
            {
                SendInvalidateStart(new Invalidation(mirror, block, range), initiator, transaction, told, effects);
            }
        }

        InvalidateSubscribers(block, changed | unlocked, unlocked, transaction, told, effects);
    }

    private void InvalidateSubscribers(
        BlockKey block, in PageMask pages, in PageMask unlocked, TransactionId transaction, List<Invalidation> told, EffectBuffer effects)
    {
        if (!_mirrors.TryGetValue(block, out List<MirrorMapping>? mirrors))
        {
            return;
        }

        for (int i = mirrors.Count - 1; i >= 0; i--)
        {
            PageMask dropped = mirrors[i].Pages & pages;
            if (dropped.IsEmpty)
            {
                continue;
            }

            SendInvalidateStart(new Invalidation(mirrors[i].Mirror, block, pages), MemoryId.None, transaction, told, effects);
            effects.Note(NoteKind.Invalidation, dropped.Count);
            Unsubscribe(block, mirrors, i, dropped - unlocked);
        }
    }

    /// <summary>Holes were filled: who had the zero page mapped has dropped it, and nobody has mapped it since.</summary>
    private void UnsubscribeAll(BlockKey block, in PageMask pages)
    {
        if (!pages.IsEmpty && _mirrors.TryGetValue(block, out List<MirrorMapping>? mirrors))
        {
            for (int i = mirrors.Count - 1; i >= 0; i--)
            {
                Unsubscribe(block, mirrors, i, pages);
            }
        }
    }

    private void Unsubscribe(BlockKey block, List<MirrorMapping> mirrors, int at, in PageMask pages)
    {
        mirrors[at] = mirrors[at] with { Pages = mirrors[at].Pages - pages };
        if (mirrors[at].Pages.IsEmpty)
        {
            mirrors.RemoveAt(at);
        }

        if (mirrors.Count == 0)
        {
            _mirrors.Remove(block);
        }
    }

    /// <summary>The owner of a device page may have it mapped without having walked for it.</summary>
    private void InvalidateOwners(
        AddressSpace space, BlockKey block, in PageMask pages, TransactionId transaction, List<Invalidation> told, EffectBuffer effects)
    {
        foreach (int page in pages)
        {
            PageTableEntry entry = new(space.Table[block.Block.Page(page)]);
            if (entry.Kind != EntryKind.DevicePrivate)
            {
                continue;
            }

            MemoryId owner = OwnerOf(entry);
            if (!told.Exists(invalidation => invalidation.Mirror == owner && invalidation.Block == block))
            {
                SendInvalidateStart(new Invalidation(owner, block, pages), MemoryId.None, transaction, told, effects);
            }
        }
    }

    private void SendInvalidateStart(
        Invalidation invalidation, MemoryId initiator, TransactionId transaction, List<Invalidation> told, EffectBuffer effects)
    {
        told.Add(invalidation);
        effects.Send(new Message
        {
            Kind = MessageKind.InvalidateStart,
            From = Id,
            To = invalidation.Mirror,
            Block = invalidation.Block,
            Pages = invalidation.Pages,
            Transaction = transaction,
            Destination = initiator,
        });
    }

    private void EndInvalidation(List<Invalidation> told, TransactionId transaction, EffectBuffer effects)
    {
        foreach (Invalidation invalidation in told)
        {
            effects.Send(new Message
            {
                Kind = MessageKind.InvalidateEnd,
                From = Id,
                To = invalidation.Mirror,
                Block = invalidation.Block,
                Pages = invalidation.Pages,
                Transaction = transaction,
            });
        }

        told.Clear();
    }

    /// <summary>An acknowledgement, or the end of the CPU's own part: the transaction that waited for the last one goes on.</summary>
    internal virtual Verdict InvalidateProgress(in StepContext context, Message message, EffectBuffer effects)
    {
        if (_migrations.TryGetValue(message.Transaction, out MigrationTransaction? migration) && migration.Phase == MigrationPhase.Unmapping)
        {
            if (--migration.Pending == 0)
            {
                EndUnmap(context, migration, message, effects);
            }
        }
        else if (_faults.TryGetValue(message.Transaction, out FaultTransaction? fault) && !fault.IsCopying)
        {
            if (--fault.Pending == 0)
            {
                FinishFault(fault, effects);
            }
        }
        else if (_calls.TryGetValue(message.Transaction, out CallTransaction? call) && call.Pending > 0)
        {
            if (--call.Pending == 0)
            {
                RunCall(context, call, effects);
            }
        }
        else
        {
            throw Impossible($"no transaction unmaps under this number: {migration}", message);
        }

        return Verdict.Handled;
    }

    /// <summary>Starts the CPU's own part of unmapping; returns how many completions to wait for.</summary>
    private int StartCpuWork(TransactionId transaction, BlockKey block, VirtualDuration work, EffectBuffer effects)
    {
        if (work == VirtualDuration.Zero)
        {
            return 0;
        }

        effects.SetTimer(new Message { Kind = MessageKind.CpuUnmapDone, From = Id, To = Id, Block = block, Transaction = transaction }, work);
        return 1;
    }

    private void Subscribe(BlockKey block, MemoryId mirror, in PageMask pages)
    {
        if (pages.IsEmpty)
        {
            return;
        }

        if (!_mirrors.TryGetValue(block, out List<MirrorMapping>? mirrors))
        {
            mirrors = [];
            _mirrors.Add(block, mirrors);
        }

        int at = mirrors.FindIndex(mapping => mapping.Mirror == mirror);
        if (at < 0)
        {
            mirrors.Add(new MirrorMapping(mirror, pages));
        }
        else
        {
            mirrors[at] = mirrors[at] with { Pages = mirrors[at].Pages | pages };
        }
    }
}
