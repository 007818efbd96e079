using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.State;

namespace HmmSim.Protocol;

/// <summary>The whole state between two steps as bytes. What lives within a step only (woken messages, counts of a fault) is empty then.</summary>
public partial class CpuMemory
{
    /// <summary>Writes the state.</summary>
    public void Save(StateWriter writer)
    {
        Ram.Save(writer);
        writer.List(_spaces, static (writer, space) => writer.Optional(space, static (writer, space) => space.Save(writer)));
        writer.Sorted(_pages, static (writer, frame, record) =>
        {
            writer.Frame(frame);
            writer.Record(record);
        });
        writer.List([.. _files.Values.OrderBy(file => file.Id.Value)], static (writer, file) => file.Save(writer));
        Swap.Save(writer);
        writer.List(_pins, static (writer, frame) => writer.Frame(frame));
        writer.Flag(_isPinHeld);
        writer.Sorted(_mirrors, static (writer, block, mirrors) =>
        {
            writer.Block(block);
            writer.List(mirrors, static (writer, mirror) =>
            {
                writer.Memory(mirror.Mirror);
                writer.Mask(mirror.Pages);
            });
        });
        writer.Sorted(_activity, static (writer, block, activity) =>
        {
            writer.Block(block);
            writer.List(activity.Migrations, TransactionState.Migration);
            writer.List(activity.Faults, TransactionState.Fault);
        });
        writer.Sorted(_lockedFrames, static (writer, frame, migration) =>
        {
            writer.Frame(frame);
            writer.Transaction(migration.Id);
        });
        writer.List([.. _calls.Values.OrderBy(call => call.Id.Number)], TransactionState.CallInWork);
        writer.Number(_migrations.Count + _faults.Count + _calls.Count == 0 ? 0 : _transactionCount);
        writer.Signed(_anonVmaCount);
    }

    /// <summary>Takes on a state that a memory of the same specification has written; what was here is forgotten.</summary>
    /// <exception cref="InvalidStateException">The bytes are no such state.</exception>
    public void Load(StateReader reader)
    {
        Forget();
        Ram.Load(reader);
        LoadSpaces(reader);
        foreach ((PageFrameNumber frame, Pages.PageRecord record) in reader.List(static reader => (reader.Frame(), reader.Record())))
        {
            _pages.Add(frame, record);
        }

        foreach (CachedFile file in reader.List(CachedFile.Load))
        {
            _files.Add(file.Id, file);
        }

        Swap.Load(reader);
        _pins.AddRange(reader.List(static reader => reader.Frame()));
        _isPinHeld = reader.Flag();
        foreach ((BlockKey block, List<MirrorMapping> mirrors) in reader.List(static reader =>
            (reader.Block(), reader.List(static reader => new MirrorMapping(reader.Memory(), reader.Mask())))))
        {
            _mirrors.Add(block, mirrors);
        }

        foreach ((BlockKey block, BlockActivity activity) in reader.List(LoadActivity))
        {
            _activity.Add(block, activity);
            activity.Migrations.ForEach(migration => _migrations.Add(migration.Id, migration));
            activity.Faults.ForEach(fault => _faults.Add(fault.Id, fault));
        }

        foreach ((PageFrameNumber frame, TransactionId holder) in reader.List(static reader => (reader.Frame(), reader.Transaction())))
        {
            _lockedFrames.Add(
                frame,
                _migrations.GetValueOrDefault(holder) ?? throw new InvalidStateException($"{frame} locked by {holder}, which is not there"));
        }

        reader.List(TransactionState.CallInWork).ForEach(call => _calls.Add(call.Id, call));
        _transactionCount = (uint)reader.Number();
        _anonVmaCount = (int)reader.Signed();
    }

    private void Forget()
    {
        _pages.Clear();
        _files.Clear();
        _pins.Clear();
        _mirrors.Clear();
        _activity.Clear();
        _migrations.Clear();
        _faults.Clear();
        _lockedFrames.Clear();
        _calls.Clear();
        _woken.Clear();
        _freed.Clear();
        _isGranted = false;
    }

    /// <summary>An address space that is there already stays, with another content. The last one is never null.</summary>
    private void LoadSpaces(StateReader reader)
    {
        AddressSpace?[] before = [.. _spaces];
        _spaces.Clear();
        int count = reader.Count();
        for (int index = 0; index < count; index++)
        {
            if (!reader.Flag())
            {
                continue;
            }

            AddressSpaceId id = AddressSpace.LoadId(reader);
            if (id != reader.Named(new AddressSpaceId((ushort)index)))
            {
                throw new InvalidStateException($"address space {id.Value} in place {index}");
            }

            while (_spaces.Count <= id.Value)
            {
                _spaces.Add(null);
            }

            _spaces[id.Value] = before.ElementAtOrDefault(id.Value) ?? new AddressSpace(id);
            _spaces[id.Value]!.Load(reader);
        }
    }

    private static (BlockKey Block, BlockActivity Activity) LoadActivity(StateReader reader)
    {
        BlockKey block = reader.Block();
        BlockActivity activity = new();
        activity.Migrations.AddRange(reader.List(TransactionState.Migration));
        activity.Faults.AddRange(reader.List(TransactionState.Fault));
        return (block, activity);
    }
}
