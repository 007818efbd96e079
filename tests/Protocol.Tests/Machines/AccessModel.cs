using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Tests.Machines;

/// <summary>
/// Processors that load and store page values at random, one access each at a time, and the model they are held against: the
/// value of the last store that took effect. An access takes effect when it translates locally, or when the home handles it.
/// </summary>
internal sealed class AccessModel
{
    private readonly TestWorld _world;
    private readonly Random _random;
    private readonly Processor[] _processors;
    private readonly VirtualPageNumber[] _pages;
    private readonly Dictionary<VirtualPageNumber, ulong> _lastStore = [];
    private ulong _nextValue = 1;
    private bool _anyUnmap;

    public AccessModel(TestWorld world, Random random, (uint Memory, bool IsHome)[] processors)
    {
        _world = world;
        _random = random;
        _processors = [.. processors.Select((processor, index) => new Processor(index, processor.Memory, processor.IsHome))];
        _pages =
        [
            .. world.Layout[TestWorld.Space]!.Areas.SelectMany(area => Enumerable.Range(0, (int)Math.Min(6, area.PageCount)).Select(i => area.Begin + i)),
        ];
        world.OnWake = Resume;
        world.OnDelivered = Observe;
    }

    /// <summary>Runs until every access is done and the world is at rest.</summary>
    public void Run(int accesses, bool unmaps)
    {
        int steps = 200_000;
        while (accesses > 0 || _world.PendingCount > 0 || _processors.Any(processor => processor.IsBusy))
        {
            Assert.True(steps-- > 0, "no progress: " + string.Join(' ', _processors.Select(processor => processor.ToString())));
            Processor[] idle = [.. _processors.Where(processor => !processor.IsBusy)];
            Processor[] ready = [.. _processors.Where(processor => processor.IsBusy && !processor.IsStalled)];
            int choice = _random.Next(idle.Length + ready.Length + (_world.PendingCount * 2) + 1);
            if (choice < idle.Length)
            {
                accesses -= Begin(idle[choice], accesses);
            }
            else if (choice < idle.Length + ready.Length)
            {
                Attempt(ready[choice - idle.Length]);
            }
            else if (_world.PendingCount > 0)
            {
                _world.DeliverOne(_random.Next(_world.PendingCount));
            }
            else if (unmaps && accesses > 0 && _random.Next(40) == 0)
            {
                Unmap();
            }
        }
    }

    private static bool MayRun(Processor processor, VmArea area, TestWorld world) =>
        processor.IsHome ? area.Home == new MemoryId(processor.Memory)
        : world.Layout.Memories[new MemoryId(processor.Memory)].Type != MemoryType.RemoteRam
            || world.Layout.Memories[area.Home].Host != world.Layout.Memories[new MemoryId(processor.Memory)].Host;

    private int Begin(Processor processor, int accesses)
    {
        VirtualPageNumber page = _pages[_random.Next(_pages.Length)];
        if (accesses == 0 || !MayRun(processor, _world.Layout[TestWorld.Space]!.Find(page)!, _world))
        {
            return 0;
        }

        processor.Page = page;
        processor.IsWrite = _random.Next(2) == 0;
        processor.Action = processor.IsHome || _random.Next(3) > 0 ? FaultAction.Migrate : FaultAction.Map;
        processor.IsBusy = true;
        return 1;
    }

    private void Attempt(Processor processor)
    {
        if (processor.IsHome)
        {
            CpuMemory home = _world.Home(processor.Memory);
            PageTableEntry entry = home.Entry(TestWorld.Space, processor.Page);
            if (entry.IsPresent && (entry.IsWritable || !processor.IsWrite))
            {
                TakeEffect(processor, () => entry.IsZeroPage ? 0 : home.Ram.ReadValue(entry.Frame), value => home.Ram.WriteValue(entry.Frame, value));
            }
            else
            {
                processor.IsStalled = true;
                _world.Inject(_world.CpuFault(processor.Memory, processor.Page, processor.IsWrite, processor.Thread));
            }

            return;
        }

        DeviceMemory device = _world.Device(processor.Memory);
        DeviceEntry translated = device.Entry(TestWorld.Space, processor.Page);
        if (translated.Kind == DeviceEntryKind.Error)
        {
            Assert.True(_anyUnmap);
            processor.IsBusy = false;
        }
        else if (!(processor.IsWrite ? translated.IsWritable : translated.IsReadable))
        {
            processor.IsStalled = true;
            _world.Inject(_world.DeviceFault(processor.Memory, processor.Page, processor.IsWrite, processor.Thread, processor.Action));
        }
        else if (translated.IsLocal)
        {
            TakeEffect(processor, () => device.Frames.ReadValue(translated.Frame), value => device.Frames.WriteValue(translated.Frame, value));
        }
        else
        {
            processor.IsStalled = true;
            processor.AwaitsRemote = true;
            _world.Send(_world.RemoteAccess(processor.Memory, processor.Page, processor.IsWrite, processor.Thread, _nextValue++));
        }
    }

    private void TakeEffect(Processor processor, Func<ulong> load, Action<ulong> store)
    {
        if (processor.IsWrite)
        {
            _lastStore[processor.Page] = _nextValue;
            store(_nextValue++);
        }
        else
        {
            Assert.Equal(_lastStore.GetValueOrDefault(processor.Page), load());
        }

        processor.IsBusy = false;
    }

    /// <summary>A remote access takes effect when its home has handled it.</summary>
    private void Observe(Message message)
    {
        if (message.Kind != MessageKind.RemoteAccess)
        {
            return;
        }

        VirtualPageNumber page = message.Block.Block.Page(message.Pages.First);
        if (message.IsWrite)
        {
            _lastStore[page] = message.Value;
        }
        else
        {
            _processors[message.Thread].Expected = _lastStore.GetValueOrDefault(page);
        }
    }

    private void Resume(MemoryId memory, int thread, ulong value)
    {
        foreach (Processor processor in _processors)
        {
            if (new MemoryId(processor.Memory) != memory || !processor.IsStalled)
            {
                continue;
            }

            if (thread == -1 && !processor.AwaitsRemote)
            {
                processor.IsStalled = false;
            }
            else if (thread == processor.Thread)
            {
                processor.IsStalled = false;
                if (!processor.IsHome)
                {
                    Assert.True(processor.IsWrite || processor.Expected == value);
                    processor.IsBusy = false;
                    processor.AwaitsRemote = false;
                }
                else if (_anyUnmap && !_world.Home(processor.Memory).Entry(TestWorld.Space, processor.Page).IsPresent)
                {
                    processor.IsBusy = false; // refused: the page is unmapped
                }
            }
        }
    }

    private void Unmap()
    {
        VirtualPageNumber page = _pages[_random.Next(_pages.Length)];
        _anyUnmap = true;
        MemoryId home = _world.Layout[TestWorld.Space]!.Find(page)!.Home;
        _world.Inject(TestWorld.Unmap(page, 1, thread: -2, home.Value));
    }

    private sealed class Processor(int thread, uint memory, bool isHome)
    {
        public readonly int Thread = thread;
        public readonly uint Memory = memory;
        public readonly bool IsHome = isHome;
        public VirtualPageNumber Page;
        public bool IsWrite;
        public bool IsBusy;
        public bool IsStalled;
        public FaultAction Action;
        public ulong Expected;
        public bool AwaitsRemote;

        public override string ToString() => $"[{Thread} m{Memory} {(IsWrite ? "store" : "load")} {Page} busy {IsBusy} stalled {IsStalled}]";
    }
}
