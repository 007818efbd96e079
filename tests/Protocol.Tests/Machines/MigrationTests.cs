using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Tests.Machines;

/// <summary>Each transaction once, from the touch to the entry it leaves, in the order of delivery that time would give.</summary>
public sealed class MigrationTests
{
    private static readonly VirtualPageNumber P0 = new(0x200);

    [Fact]
    public void A_cpu_touch_populates_a_page()
    {
        TestWorld world = new(TestWorld.TwoDevices());
        world.Inject(world.CpuFault(1, P0, write: true));
        world.Drain();
        PageTableEntry entry = world.Home(1).Entry(TestWorld.Space, P0);
        Assert.Equal(EntryKind.Present, entry.Kind);
        Assert.True(entry.IsWritable && entry.IsDirty);
        Assert.Empty(world.Check());
    }

    [Fact]
    public void A_device_fault_migrates_and_leaves_a_special_entry()
    {
        TestWorld world = new(TestWorld.TwoDevices());
        world.Inject(world.CpuFault(1, P0, write: true));
        PageFrameNumber ram = world.Home(1).Entry(TestWorld.Space, P0).Frame;
        world.Home(1).Ram.WriteValue(ram, 77);
        world.Inject(world.DeviceFault(2, P0, write: false));
        world.Drain();
        PageTableEntry entry = world.Home(1).Entry(TestWorld.Space, P0);
        DeviceEntry device = world.Device(2).Entry(TestWorld.Space, P0);
        Assert.Equal(SwapEntryType.DeviceWrite, entry.Type);
        Assert.Equal(DeviceEntryKind.LocalWrite, device.Kind);
        Assert.Equal(entry.Frame, device.Frame);
        Assert.Equal(77UL, world.Device(2).Frames.ReadValue(device.Frame));
        Assert.Equal(0, world.Home(1).Ram.References(ram));
        Assert.Empty(world.Check());
    }

    [Fact]
    public void A_cpu_touch_on_a_device_private_entry_brings_the_page_back()
    {
        TestWorld world = new(TestWorld.TwoDevices());
        world.Inject(world.DeviceFault(2, P0, write: true));
        world.Drain();
        world.Device(2).Frames.WriteValue(world.Device(2).Entry(TestWorld.Space, P0).Frame, 5);
        var woken = new List<int>();
        world.OnWake = (memory, thread, _) => woken.Add(thread);
        world.Inject(world.CpuFault(1, P0, write: false, thread: 3));
        world.Inject(world.CpuFault(1, P0, write: true, thread: 4));
        world.Drain();
        PageTableEntry entry = world.Home(1).Entry(TestWorld.Space, P0);
        Assert.Equal(EntryKind.Present, entry.Kind);
        Assert.Equal(5UL, world.Home(1).Ram.ReadValue(entry.Frame));
        Assert.Equal([3, 4], woken);
        Assert.Equal(DeviceEntryKind.None, world.Device(2).Entry(TestWorld.Space, P0).Kind);
        Assert.Equal(8, world.Device(2).Frames.FreeFrameCount);
        Assert.Empty(world.Check());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_page_goes_from_device_to_device_directly_or_through_ram(bool direct)
    {
        TestWorld world = new(TestWorld.TwoDevices(direct: direct));
        world.Inject(world.DeviceFault(2, P0, write: true));
        world.Drain();
        world.Device(2).Frames.WriteValue(world.Device(2).Entry(TestWorld.Space, P0).Frame, 9);
        world.Log.Clear();
        world.Inject(world.DeviceFault(3, P0, write: true));
        world.Drain();
        Assert.Equal(9UL, world.Device(3).Frames.ReadValue(world.Device(3).Entry(TestWorld.Space, P0).Frame));
        Assert.Equal(direct ? 1 : 2, world.Log.Count(line => line.Contains("PageData", StringComparison.Ordinal)));
        Assert.Equal(direct, world.Log.Exists(line => line.Contains("PageData m2->m3", StringComparison.Ordinal)));
        Assert.Equal(64, world.Home(1).Ram.FreeFrameCount);
        Assert.Empty(world.Check());
    }

    [Fact]
    public void A_device_may_mirror_ram_without_owning_a_page()
    {
        TestWorld world = new(TestWorld.TwoDevices());
        world.Inject(world.DeviceFault(2, P0, write: true, action: FaultAction.Map));
        world.Drain();
        Assert.Equal(DeviceEntryKind.RemoteWrite, world.Device(2).Entry(TestWorld.Space, P0).Kind);
        Assert.Equal(EntryKind.Present, world.Home(1).Entry(TestWorld.Space, P0).Kind);
        Assert.Equal(8, world.Device(2).Frames.FreeFrameCount);
        Assert.Empty(world.Check());

        // Another device takes the page: the mirror is told first, and acknowledged, before the copy starts.
        world.Log.Clear();
        world.Inject(world.DeviceFault(3, P0, write: true));
        world.Drain();
        Assert.Equal(DeviceEntryKind.None, world.Device(2).Entry(TestWorld.Space, P0).Kind);
        int ack = world.Log.FindIndex(line => line.Contains("InvalidateAck m2->m1", StringComparison.Ordinal));
        int data = world.Log.FindIndex(line => line.Contains("PageData m1->m3", StringComparison.Ordinal));
        Assert.InRange(ack, 0, data - 1);
        Assert.Empty(world.Check());
    }

    [Fact]
    public void A_full_device_evicts_its_oldest_chunk()
    {
        TestWorld world = new(TestWorld.TwoDevices(frames1: 4));
        for (int page = 0; page < 6; page++)
        {
            world.Inject(world.DeviceFault(2, P0 + page, write: true));
            world.Drain();
        }

        Assert.True(world.Note(NoteKind.ChunkEvicted) > 0);
        Assert.Equal(DeviceEntryKind.LocalWrite, world.Device(2).Entry(TestWorld.Space, P0 + 5).Kind);
        Assert.Equal(EntryKind.Present, world.Home(1).Entry(TestWorld.Space, P0).Kind);
        Assert.Empty(world.Check());
    }

    [Fact]
    public void An_unexpected_reference_keeps_a_page_in_ram_and_the_device_maps_it_there()
    {
        TestWorld world = new(TestWorld.TwoDevices());
        world.Inject(world.CpuFault(1, P0, write: true));
        PageFrameNumber ram = world.Home(1).Entry(TestWorld.Space, P0).Frame;
        world.Home(1).Ram.Get(ram);
        world.Inject(world.DeviceFault(2, P0, write: true));
        world.Drain();
        Assert.Equal(new DeviceEntry(DeviceEntryKind.RemoteWrite, ram), world.Device(2).Entry(TestWorld.Space, P0));
        Assert.True(world.Home(1).Entry(TestWorld.Space, P0).IsDirty); // an aborted migration keeps the dirty bit (I7)
        world.Home(1).Ram.Put(ram);
        Assert.Empty(world.Check());
    }

    [Fact]
    public void Unmap_frees_frames_everywhere_and_later_touches_fail()
    {
        TestWorld world = new(TestWorld.TwoDevices());
        world.Inject(world.CpuFault(1, P0, write: true));
        world.Inject(world.DeviceFault(2, P0 + 1, write: true));
        world.Drain();
        world.Inject(world.DeviceFault(3, P0, write: true, action: FaultAction.Map));
        world.Drain();
        world.Inject(TestWorld.Unmap(P0, 16));
        world.Drain();
        Assert.Equal(64, world.Home(1).Ram.FreeFrameCount);
        Assert.Equal(8, world.Device(2).Frames.FreeFrameCount);
        Assert.Equal(DeviceEntryKind.None, world.Device(3).Entry(TestWorld.Space, P0).Kind);
        world.Inject(world.CpuFault(1, P0, write: true));
        world.Inject(world.DeviceFault(2, P0 + 1, write: true));
        world.Drain();
        Assert.Equal(1, world.Note(NoteKind.AccessViolation));
        Assert.Equal(DeviceEntryKind.Error, world.Device(2).Entry(TestWorld.Space, P0 + 1).Kind);
        Assert.Empty(world.Check());
    }

    [Fact]
    public void One_protocol_resolves_entries_across_hosts()
    {
        TestWorld world = new(TestWorld.TwoHosts());

        // Host 1's CPU (its lent RAM is memory 6) writes a page whose home is host 0.
        world.Inject(world.DeviceFault(6, P0, write: true));
        world.Drain();
        PageTableEntry entry = world.Home(1).Entry(TestWorld.Space, P0);
        Assert.Equal(EntryKind.DevicePrivate, entry.Kind);
        Assert.Equal(new MemoryId(6), world.Layout.Memories.Of(entry.Frame).Id);
        world.Device(6).Frames.WriteValue(entry.Frame, 11);

        // Host 0's device takes it: the copy goes from owner to requester directly.
        world.Log.Clear();
        world.Inject(world.DeviceFault(2, P0, write: true));
        world.Drain();
        Assert.Contains(world.Log, line => line.Contains("PageData m6->m2", StringComparison.Ordinal));

        // And the home's own CPU gets it back.
        world.Inject(world.CpuFault(1, P0, write: false));
        world.Drain();
        PageTableEntry back = world.Home(1).Entry(TestWorld.Space, P0);
        Assert.Equal(11UL, world.Home(1).Ram.ReadValue(back.Frame));
        Assert.Equal(1, world.Notes[(NoteKind.PagesMigrated, new MigrationNote(MigrationCause.CpuFault, MigrationDirection.DeviceToHost).Pack())]);
        Assert.Empty(world.Check());
    }

    [Theory]
    [InlineData(FaultAction.Map)]
    [InlineData(FaultAction.Migrate)]
    public void A_store_to_a_read_only_area_leaves_loads_possible(FaultAction action)
    {
        TestWorld world = new(TestWorld.TwoDevices(writable: false));
        world.Inject(world.DeviceFault(2, P0, write: false, action: action));
        world.Inject(world.DeviceFault(2, P0, write: true, action: action));
        world.Drain();
        DeviceEntry entry = world.Device(2).Entry(TestWorld.Space, P0);
        Assert.True(entry.IsReadable && !entry.IsWritable, $"{entry}");
        Assert.Empty(world.Check());
    }
}
