using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.Tests.Machines;

namespace HmmSim.Protocol.Tests.Concurrency;

/// <summary>
/// Threads of several processes that make calls at random, one each at a time, while the chooser delivers messages in any order; and
/// what these calls may return: values by <see cref="Register{T}"/>, errors only where some schedule permits them.
/// </summary>
internal sealed class CallModel
{
    private const int Threads = 6;
    private const int PrivatePages = 6;
    private const int SharedPages = 2;
    private const int Pages = PrivatePages + SharedPages;
    private const int MostSpaces = 4;
    private static readonly VirtualPageNumber First = new(0x3fd); // three private pages on each side of a block's end
    private readonly TestWorld _world;
    private readonly Random _random;
    private readonly Dictionary<AddressSpaceId, Cell[]> _spaces = [];
    private readonly List<(uint Mirror, AddressSpaceId Space, uint Device)> _handles = [];
    private readonly Queue<(int Thread, Action Begin)> _next = new();
    private readonly CallInFlight?[] _inFlight = new CallInFlight?[Threads];
    private ulong _nextValue = 1;
    private uint _mirrors;
    private ushort _spaceCount = 1;
    private bool _isPinning;

    public CallModel(TestWorld world, Random random)
    {
        _world = world;
        _random = random;
        _spaces[default] =
        [
            .. Enumerable.Range(0, Pages).Select(page => new Cell(new Register<ulong>(0), new Register<Access>(Access.ReadWrite), page >= PrivatePages)),
        ];
        world.OnComplete = (thread, result) =>
        {
            CallInFlight call = _inFlight[thread]!;
            _inFlight[thread] = null;
            Log($"{thread}: {call} ends {result.Error} {result.Signal} {string.Join(' ', result.Values ?? [])}");
            call.End(result);
        };
        Start(0, MapCall(default, 0, PrivatePages), 0, _ => { });
        Start(1, MapCall(default, PrivatePages, SharedPages), 0, _ => { });
        world.Drain();
    }

    /// <summary>Runs until every call has ended and nothing is under way.</summary>
    public void Run(int calls)
    {
        int steps = calls * 600;
        while (calls > 0 || _world.PendingCount > 0 || _next.Count > 0)
        {
            Assert.True(steps-- > 0, "no progress: " + Unfinished());
            int[] idle = [.. Enumerable.Range(0, Threads).Where(IsIdle)];
            if (_next.Count > 0 && _random.Next(2) == 0)
            {
                _next.Dequeue().Begin();
            }
            else if (calls > 0 && idle.Length > 0 && (_world.PendingCount == 0 || _random.Next(4) == 0))
            {
                calls--;
                Begin(idle[_random.Next(idle.Length)]);
            }
            else if (_world.PendingCount > 0)
            {
                _world.DeliverOne(_random.Next(_world.PendingCount));
            }
            else if (_next.Count == 0)
            {
                Assert.Fail("every thread waits and nothing is under way: " + Unfinished());
            }
        }

        Assert.True(_inFlight.All(call => call is null), "calls never ended: " + Unfinished());
        if (_isPinning)
        {
            Start(0, new Call { Kind = CallKind.Unpin }, 0, _ => _isPinning = false);
            _world.Drain();
        }
    }

    private bool IsIdle(int thread) => _inFlight[thread] is null && _next.All(next => next.Thread != thread);

    private string Unfinished() => string.Join("; ", _inFlight.Where(call => call is not null));

    private void Log(string line) => _world.Log.Add(line);

    private void Begin(int thread)
    {
        AddressSpaceId space = _spaces.Keys.ElementAt(_random.Next(_spaces.Count));
        int page = _random.Next(Pages);
        int count = 1 + _random.Next((page < PrivatePages ? PrivatePages : Pages) - page);
        switch (_random.Next(20))
        {
            case 0 or 1 or 2:
                Store(thread, space, page);
                break;
            case 3 or 4 or 5:
                Load(thread, space, page);
                break;
            case 6:
                UnmapAndMap(thread, space, page, count);
                break;
            case 7:
                Protect(thread, space, page, count);
                break;
            case 8:
                Remap(thread, space);
                break;
            case 9 or 10:
                Advise(thread, space, page, count);
                break;
            case 11:
                Fork(thread, space);
                break;
            case 12:
                Exit(thread, space);
                break;
            case 13:
                PinOrUnpin(thread, space, page, count);
                break;
            case 14:
                Open(thread, space);
                break;
            default:
                UseDevice(thread, page, count);
                break;
        }
    }

    private void Start(int thread, Call call, uint device, Action<CallResult> end)
    {
        CallInFlight inFlight = new(call, end);
        Log($"{thread}: {inFlight} value {call.Value} begins");
        _inFlight[thread] = inFlight;
        _world.Inject(TestWorld.CallOf(call, thread, device: device));
    }

    private static Call MapCall(AddressSpaceId space, int page, int count) => new()
    {
        Kind = CallKind.Map,
        Space = space,
        Begin = First + page,
        PageCount = count,
        Protections = Protections.ReadWrite,
        Backing = page < PrivatePages ? AreaBacking.Anonymous : AreaBacking.SharedAnonymous,
        File = page < PrivatePages ? default : new FileId(1),
        FileOffsetPages = page < PrivatePages ? 0 : page - PrivatePages,
    };

    private void Load(int thread, AddressSpaceId space, int page)
    {
        Cell cell = _spaces[space][page];
        CallKind kind = _random.Next(4) == 0 ? CallKind.CopyFromUser : CallKind.Load;
        Action<ulong?> check = Reading(cell, $"load of page {page} of space {space.Value}");
        Start(thread, new Call { Kind = kind, Space = space, Begin = First + page, PageCount = 1 }, 0, result => check(result.Values?[0]));
    }

    /// <summary>Watches a cell from now on; the returned action checks what was read, null for a refusal.</summary>
    private static Action<ulong?> Reading(Cell cell, string what)
    {
        var value = cell.Value.BeginRead();
        var access = cell.Access.BeginRead();
        return read =>
        {
            cell.Value.EndRead(value);
            cell.Access.EndRead(access);
            if (read is { } loaded)
            {
                Assert.True(value.Allowed.Contains(loaded), $"{what} returned {loaded}, permitted are {string.Join(' ', value.Allowed.Order())}");
                Assert.True(access.Allowed.Any(now => now != Access.Unmapped), $"{what} succeeded although nothing is mapped");
            }
            else
            {
                Assert.True(access.Allowed.Contains(Access.Unmapped), $"{what} failed although the page is mapped");
            }
        };
    }

    private void Store(int thread, AddressSpaceId space, int page)
    {
        Cell cell = _spaces[space][page];
        ulong value = _nextValue++;
        var write = cell.Value.BeginWrite([value]);
        var access = cell.Access.BeginRead();
        CallKind kind = _random.Next(4) == 0 ? CallKind.CopyToUser : CallKind.Store;
        Start(thread, new Call { Kind = kind, Space = space, Begin = First + page, PageCount = 1, Value = value }, 0, result =>
        {
            bool succeeded = result.Error == Errno.None && result.Signal == FaultSignal.None;
            cell.Value.EndWrite(write, succeeded);
            cell.Access.EndRead(access);
            Assert.True(
                access.Allowed.Any(now => succeeded == (now == Access.ReadWrite)),
                $"store to page {page} of space {space.Value} {(succeeded ? "succeeded" : "failed")}, it permits {string.Join(' ', access.Allowed)}");
        });
    }

    private void UnmapAndMap(int thread, AddressSpaceId space, int page, int count)
    {
        Action<bool> end = Changing(space, page, count, Access.Unmapped, clears: true);
        Start(thread, new Call { Kind = CallKind.Unmap, Space = space, Begin = First + page, PageCount = count }, 0, result =>
        {
            Assert.Equal(Errno.None, result.Error);
            end(true);
            _next.Enqueue((thread, () => Map(thread, space, page, count)));
        });
    }

    private void Map(int thread, AddressSpaceId space, int page, int count)
    {
        if (_spaces.ContainsKey(space))
        {
            Action<bool> end = Changing(space, page, count, Access.ReadWrite, clears: true);
            Start(thread, MapCall(space, page, count), 0, result => end(result.Error == Errno.None));
        }
    }

    /// <summary>Pages get another access, and private ones zeros if <paramref name="clears"/>; the returned action ends it.</summary>
    private Action<bool> Changing(AddressSpaceId space, int page, int count, Access? access, bool clears)
    {
        List<Action<bool>> ends = [];
        foreach (Cell cell in _spaces[space].Skip(page).Take(count))
        {
            if (access is { } becomes)
            {
                var write = cell.Access.BeginWrite([becomes]);
                ends.Add(succeeded => cell.Access.EndWrite(write, succeeded));
            }

            if (clears && !cell.IsShared)
            {
                var zero = cell.Value.BeginWrite([0]);
                ends.Add(succeeded => cell.Value.EndWrite(zero, succeeded));
            }
        }

        return succeeded => ends.ForEach(end => end(succeeded));
    }

    private void Protect(int thread, AddressSpaceId space, int page, int count)
    {
        bool writable = _random.Next(2) == 0;
        Action<bool> end = Changing(space, page, count, writable ? Access.ReadWrite : Access.Read, clears: false);
        Call call = new()
        {
            Kind = CallKind.Protect,
            Space = space,
            Begin = First + page,
            PageCount = count,
            Protections = writable ? Protections.ReadWrite : Protections.Read,
        };
        Start(thread, call, 0, result => end(result.Error == Errno.None));
    }

    private void Remap(int thread, AddressSpaceId space)
    {
        int from = _random.Next(PrivatePages);
        int to = (from + 1 + _random.Next(PrivatePages - 1)) % PrivatePages;
        (Cell source, Cell target) = (_spaces[space][from], _spaces[space][to]);
        var value = source.Value.BeginRead();
        var access = source.Access.BeginRead();
        var targetValue = target.Value.BeginCopy(value);
        var targetAccess = target.Access.BeginCopy(access);
        var gone = target.Access.BeginWrite([Access.Unmapped]);
        Action<bool> left = Changing(space, from, 1, Access.Unmapped, clears: true);
        Call call = new() { Kind = CallKind.Remap, Space = space, Begin = First + from, PageCount = 1, Target = First + to };
        Start(thread, call, 0, result =>
        {
            bool succeeded = result.Error == Errno.None;
            source.Value.EndRead(value);
            source.Access.EndRead(access);
            target.Value.EndWrite(targetValue, succeeded);
            target.Access.EndWrite(gone, succeeded: false);
            target.Access.EndWrite(targetAccess, succeeded);
            left(succeeded);
        });
    }

    private void Advise(int thread, AddressSpaceId space, int page, int count)
    {
        Advice[] all = [Advice.DontNeed, Advice.PopulateWrite, Advice.PopulateRead, Advice.PageOut, Advice.PageOut, Advice.None, Advice.Collapse];
        Advice advice = all[_random.Next(all.Length)];
        CallKind kind = advice switch { Advice.None => CallKind.Lock, Advice.Collapse => CallKind.Unlock, _ => CallKind.Advise };
        Action<bool> end = Changing(space, page, count, null, clears: advice == Advice.DontNeed);
        Call call = new()
        {
            Kind = kind,
            Space = space,
            Begin = First + page,
            PageCount = count,
            Advice = kind == CallKind.Advise ? advice : Advice.None,
        };
        Start(thread, call, 0, result => end(result.Error == Errno.None));
    }

    private void Fork(int thread, AddressSpaceId parent)
    {
        if (_spaceCount == MostSpaces)
        {
            return;
        }

        AddressSpaceId child = new(_spaceCount++);
        var watched = _spaces[parent].Select(cell => (Cell: cell, Value: cell.Value.BeginRead(), Access: cell.Access.BeginRead())).ToList();
        Start(thread, new Call { Kind = CallKind.Fork, Space = parent, Child = child }, 0, result =>
        {
            Assert.Equal(Errno.None, result.Error);
            _spaces[child] = [.. watched.Select(page => Inherited(page.Cell, page.Value, page.Access))];
        });
    }

    private static Cell Inherited(Cell cell, Register<ulong>.Observation value, Register<Access>.Observation access)
    {
        cell.Value.EndRead(value);
        cell.Access.EndRead(access);
        Register<Access> inherited = new(access.Allowed.First());
        inherited.EndWrite(inherited.BeginWrite(access.Allowed), succeeded: true);
        if (cell.IsShared)
        {
            return cell with { Access = inherited };
        }

        Register<ulong> copied = new(0);
        copied.EndWrite(copied.BeginWrite(value.Allowed), succeeded: true);
        return new Cell(copied, inherited, IsShared: false);
    }

    /// <summary>A process ends when its threads do; devices may still work for it.</summary>
    private void Exit(int thread, AddressSpaceId space)
    {
        if (_spaces.Count == 1 || _inFlight.Any(call => call is { Call.IsForDriver: false } && call.Space == space))
        {
            return;
        }

        Action<bool> end = Changing(space, 0, Pages, Access.Unmapped, clears: false);
        _spaces.Remove(space);
        Start(thread, new Call { Kind = CallKind.Exit, Space = space }, 0, result => end(result.Error == Errno.None));
    }

    private void PinOrUnpin(int thread, AddressSpaceId space, int page, int count)
    {
        if (_inFlight.Any(call => call is { Call.Kind: CallKind.Pin or CallKind.Unpin }))
        {
            return;
        }

        bool pins = !_isPinning;
        Call call = pins
            ? new Call { Kind = CallKind.Pin, Space = space, Begin = First + page, PageCount = count, IsWrite = _random.Next(2) == 0 }
            : new Call { Kind = CallKind.Unpin, Space = space };
        Start(thread, call, 0, result => _isPinning = pins && result.Error == Errno.None);
    }

    private void Open(int thread, AddressSpaceId space)
    {
        uint device = 2 + (uint)_random.Next(2);
        if (_handles.Exists(handle => handle.Space == space && handle.Device == device))
        {
            return;
        }

        uint mirror = ++_mirrors;
        _handles.Add((mirror, space, device));
        Start(thread, new Call { Kind = CallKind.Open, Space = space, Mirror = mirror }, device, result => Assert.Equal(Errno.None, result.Error));
    }

    private void UseDevice(int thread, int page, int count)
    {
        if (_handles.Count == 0)
        {
            return;
        }

        (uint mirror, AddressSpaceId space, uint device) = _handles[_random.Next(_handles.Count)];
        CallKind[] kinds =
        [
            CallKind.DeviceRead, CallKind.DeviceWrite, CallKind.DeviceWrite, CallKind.MigrateToDevice, CallKind.MigrateToDevice, CallKind.MigrateToSystem,
            CallKind.MakeExclusive, CallKind.Snapshot, CallKind.CheckExclusive, CallKind.Release, CallKind.Close,
        ];
        Call call = new()
        {
            Kind = kinds[_random.Next(kinds.Length)],
            Space = space,
            Mirror = mirror,
            Begin = First + page,
            PageCount = count,
            Value = _nextValue,
        };
        if (!_spaces.TryGetValue(space, out Cell[]? cells))
        {
            Start(thread, call with { Kind = CallKind.Close }, device, _ => { });
            _handles.Remove((mirror, space, device));
            return;
        }

        switch (call.Kind)
        {
            case CallKind.DeviceRead or CallKind.MigrateToDevice or CallKind.MakeExclusive:
                DeviceRead(thread, call, device, [.. cells.Skip(page).Take(count)]);
                break;
            case CallKind.DeviceWrite:
                DeviceWrite(thread, call, device, [.. cells.Skip(page).Take(count)]);
                break;
            default:
                if (call.Kind == CallKind.Close)
                {
                    _handles.Remove((mirror, space, device));
                }

                Start(thread, call, device, _ => { });
                break;
        }
    }

    /// <summary>A read, or a call that ends with reading back what it has mapped; only the read is refused for want of an area alone.</summary>
    private void DeviceRead(int thread, Call call, uint device, Cell[] cells)
    {
        var values = cells.Select(cell => cell.Value.BeginRead()).ToList();
        var accesses = cells.Select(cell => cell.Access.BeginRead()).ToList();
        Start(thread, call, device, result =>
        {
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i].Value.EndRead(values[i]);
                cells[i].Access.EndRead(accesses[i]);
                ulong? read = result.Error == Errno.None ? result.Values![i] : null;
                Assert.True(
                    read is null || values[i].Allowed.Contains(read.Value),
                    $"{call.Kind} read {read} in page {call.Begin + i} of space {call.Space.Value}, "
                    + $"permitted are {string.Join(' ', values[i].Allowed.Order())}");
            }

            Assert.True(
                call.Kind != CallKind.DeviceRead || result.Error == Errno.None || accesses.Exists(access => access.Allowed.Contains(Access.Unmapped)),
                $"{call.Kind} of mapped pages failed with {result.Error}");
        });
    }

    /// <summary>A write may be refused on a page that the device holds read-only although its area permits stores, as in Linux.</summary>
    private void DeviceWrite(int thread, Call call, uint device, Cell[] cells)
    {
        _nextValue += (ulong)cells.Length;
        var writes = cells.Select((cell, i) => cell.Value.BeginWrite([call.Value + (ulong)i])).ToList();
        var accesses = cells.Select(cell => cell.Access.BeginRead()).ToList();
        Start(thread, call, device, result =>
        {
            bool succeeded = result.Error == Errno.None;
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i].Value.EndWrite(writes[i], succeeded);
                cells[i].Access.EndRead(accesses[i]);
                Assert.True(!succeeded || accesses[i].Allowed.Contains(Access.ReadWrite), $"the device wrote a page that it may not write: {call.Begin + i}");
            }
        });
    }
}
