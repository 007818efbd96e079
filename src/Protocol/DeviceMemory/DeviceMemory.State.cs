using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.State;

namespace HmmSim.Protocol;

/// <summary>The whole state between two steps as bytes.</summary>
public partial class DeviceMemory
{
    /// <summary>Writes the state.</summary>
    public void Save(StateWriter writer)
    {
        Frames.Save(writer);
        writer.List(_tables, static (writer, table) => writer.Optional(table, static (writer, table) => table.Save(writer)));
        SaveMasks(writer, _reserved);
        SaveMasks(writer, _leaving);
        Notifiers.Save(writer);
        writer.Sorted(_requests, static (writer, _, request) => SaveRequest(writer, request));
        writer.List(_walksWaiting, static (writer, request) => writer.Number(request.Id.Number));
        writer.Number(_requests.Count == 0 ? 0 : _requestCount);
        writer.List(_faultBuffer, static (writer, fault) =>
        {
            writer.Block(fault.Block);
            writer.Signed(fault.Page);
            writer.Flag(fault.IsWrite);
            writer.Number((ulong)fault.Action);
            writer.Time(fault.RaisedAt);
        });
        writer.List(_raisedSinceReplay, static (writer, time) => writer.Time(time));
        writer.Optional(_batch, SaveBatch);
        writer.Flag(_isFetchPending);
        writer.Signed(_openEvictions);
        writer.Signed(_framesFreedByEviction);
        writer.List(_driverMirrors, SaveMirror);
        writer.List(_driverQueue, MessageState.Message);
        writer.Optional(_driverCall, SaveDriverCall);
        writer.Flag(_failsNextAllocation);
    }

    /// <summary>Takes on a state that a memory of the same specification has written; what was here is forgotten.</summary>
    /// <exception cref="InvalidStateException">The bytes are no such state.</exception>
    public void Load(StateReader reader)
    {
        Forget();
        Frames.Load(reader);
        LoadTables(reader);
        LoadMasks(reader, _reserved);
        LoadMasks(reader, _leaving);
        Notifiers.Load(reader);
        reader.List(LoadRequest).ForEach(Track);
        _walksWaiting.AddRange(reader.List(reader => _requests.GetValueOrDefault((uint)reader.Number())
            ?? throw new InvalidStateException("a walk that waits and is no request")));
        _requestCount = (uint)reader.Number();
        reader.List(static reader => new FaultRecord(
            reader.Block(), (int)reader.Signed(), reader.Flag(), (FaultAction)reader.Number(), reader.Time())).ForEach(_faultBuffer.Enqueue);
        _raisedSinceReplay.AddRange(reader.List(static reader => reader.Time()));
        _batch = reader.Optional(LoadBatch);
        _isFetchPending = reader.Flag();
        _openEvictions = (int)reader.Signed();
        _framesFreedByEviction = (int)reader.Signed();
        LoadMirrors(reader);
        reader.List(MessageState.Message).ForEach(_driverQueue.Enqueue);
        _driverCall = reader.Optional(LoadDriverCall);
        _failsNextAllocation = reader.Flag();
    }

    private void Forget()
    {
        _reserved.Clear();
        _leaving.Clear();
        _requests.Clear();
        _walksWaiting.Clear();
        _faultBuffer.Clear();
        _raisedSinceReplay.Clear();
        _driverQueue.Clear();
    }

    /// <summary>A table that is there already stays, with another content. The last one is never null.</summary>
    private void LoadTables(StateReader reader)
    {
        PageTable<DeviceEntry>?[] before = [.. _tables];
        _tables.Clear();
        int count = reader.Count();
        for (int place = 0; place < count; place++)
        {
            if (!reader.Flag())
            {
                continue;
            }

            int space = reader.Named(new AddressSpaceId((ushort)place)).Value;
            while (_tables.Count <= space)
            {
                _tables.Add(null);
            }

            _tables[space] = before.ElementAtOrDefault(space) ?? new PageTable<DeviceEntry>();
            _tables[space]!.Load(reader);
        }
    }

    /// <summary>A mirror that is the same stays, with another content.</summary>
    private void LoadMirrors(StateReader reader)
    {
        int count = reader.Count();
        for (int index = 0; index < count; index++)
        {
            (uint number, AddressSpaceId space) = (reader.Mirror(), reader.Space());
            DriverMirror mirror = index < _driverMirrors.Count && _driverMirrors[index].Number == number && _driverMirrors[index].Space == space
                ? _driverMirrors[index]
                : new DriverMirror(number, space);
            mirror.Table.Load(reader);
            if (index == _driverMirrors.Count)
            {
                _driverMirrors.Add(mirror);
            }

            _driverMirrors[index] = mirror;
        }

        _driverMirrors.RemoveRange(count, _driverMirrors.Count - count);
    }

    private static void SaveMasks(StateWriter writer, Dictionary<BlockKey, PageMask> masks) =>
        writer.Sorted(masks, static (writer, block, pages) =>
        {
            writer.Block(block);
            writer.Mask(pages);
        });

    private static void LoadMasks(StateReader reader, Dictionary<BlockKey, PageMask> masks)
    {
        foreach ((BlockKey block, PageMask pages) in reader.List(static reader => (reader.Block(), reader.Mask())))
        {
            masks.Add(block, pages);
        }
    }

    private static void SaveRequest(StateWriter writer, DeviceRequest request)
    {
        writer.Transaction(request.Id);
        writer.Number((ulong)request.Kind);
        writer.Block(request.Block);
        writer.Mask(request.Pages);
        writer.Mask(request.Subset);
        writer.Mask(request.Writes);
        writer.Frames(request.Frames);
        writer.Flag(request.IsForCall);
        writer.Number(request.NotifierSequence);
        writer.Signed(request.Chunk);
    }

    private static DeviceRequest LoadRequest(StateReader reader) => new()
    {
        Id = reader.Transaction(),
        Kind = (DeviceRequestKind)reader.Number(),
        Block = reader.Block(),
        Pages = reader.Mask(),
        Subset = reader.Mask(),
        Writes = reader.Mask(),
        Frames = reader.Frames(),
        IsForCall = reader.Flag(),
        NotifierSequence = reader.Number(),
        Chunk = (int)reader.Signed(),
    };

    private static void SaveBatch(StateWriter writer, FaultBatch batch)
    {
        writer.List(batch.Blocks, static (writer, faults) =>
        {
            writer.Block(faults.Block);
            writer.Mask(faults.Reads);
            writer.Mask(faults.Writes);
            writer.Mask(faults.ToMap);
            writer.List([.. faults.TriedChunks.Order()], static (writer, chunk) => writer.Signed(chunk));
        });
        writer.Signed(batch.Next);
        writer.Signed(batch.OpenRequests);
        writer.Time(batch.LastAnswerAt);
    }

    private static FaultBatch LoadBatch(StateReader reader) => new(reader.List(static reader =>
    {
        BlockFaults faults = new(reader.Block()) { Reads = reader.Mask(), Writes = reader.Mask(), ToMap = reader.Mask() };
        faults.TriedChunks.UnionWith(reader.List(static reader => (int)reader.Signed()));
        return faults;
    }))
    {
        Next = (int)reader.Signed(),
        OpenRequests = (int)reader.Signed(),
        LastAnswerAt = reader.Time(),
    };

    private static void SaveMirror(StateWriter writer, DriverMirror mirror)
    {
        writer.Mirror(mirror.Number);
        writer.Space(mirror.Space);
        mirror.Table.Save(writer);
    }

    private static DriverMirror LoadMirror(StateReader reader)
    {
        DriverMirror mirror = new(reader.Mirror(), reader.Space());
        mirror.Table.Load(reader);
        return mirror;
    }

    /// <summary>The mirror of a close is in the list of open handles no more.</summary>
    private void SaveDriverCall(StateWriter writer, DriverCallState call)
    {
        writer.Message(call.Request);
        int mirror = _driverMirrors.IndexOf(call.Mirror);
        writer.Signed(mirror);
        if (mirror < 0)
        {
            SaveMirror(writer, call.Mirror);
        }

        writer.Page(call.Cursor);
        writer.Flag(call.IsReadingBack);
        writer.Page(call.FaultCursor);
        writer.Signed(call.PageCount);
        writer.Signed(call.FaultCount);
        writer.ValueList(call.Values);
        writer.List(call.Permissions, static (writer, permission) => writer.Number(permission));
        writer.Signed(call.OpenEvictions);
        writer.Signed(call.FreedFrames);
    }

    private DriverCallState LoadDriverCall(StateReader reader)
    {
        Message request = reader.Message();
        int mirror = (int)reader.Signed();
        DriverCallState call = new()
        {
            Request = request,
            Call = request.Call ?? throw new InvalidStateException("a call in work without a call"),
            Mirror = mirror < 0 ? LoadMirror(reader)
                : mirror < _driverMirrors.Count ? _driverMirrors[mirror]
                : throw new InvalidStateException($"mirror {mirror}"),
            Cursor = reader.Page(),
            IsReadingBack = reader.Flag(),
            FaultCursor = reader.Page(),
            PageCount = (int)reader.Signed(),
            FaultCount = (int)reader.Signed(),
        };
        call.Values.AddRange(reader.ValueList());
        call.Permissions.AddRange(reader.List(static reader => (byte)reader.Number()));
        call.OpenEvictions = (int)reader.Signed();
        call.FreedFrames = (int)reader.Signed();
        return call;
    }
}
