using HmmSim.Conformance.Systems;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Tests.Systems;

/// <summary>
/// What the project's seed says of memory kinds: addressable device memory is filled by a fault callback and stays present, un-addressable
/// memory goes through the special swap entry, and a device can mirror without either.
/// </summary>
public sealed class MemoryKindTests
{
    private static readonly AddressSpaceId Space = new(0);
    private static readonly VirtualPageNumber Begin = new(0x700000000);
    private readonly PureSystem _system = new(DeviceMemoryKind.Private);

    [Fact]
    public void A_dax_page_is_filled_by_the_fault_callback_and_stays_present()
    {
        MapInPlace(AreaBacking.FsDax, memory: 4);
        Assert.Equal(EntryKind.None, Entry(0).Kind);
        Assert.Equal(0UL, Load(0));
        PageTableEntry entry = Entry(0);
        Assert.True(entry.IsPresent && _system.DeviceMemories[2].Frames.Owns(entry.Frame), $"{entry}");
        Store(0, 7);
        Open(0);

        Assert.Equal(Errno.EINVAL, OnDevice(CallKind.MigrateToDevice).Error); // migrate_vma refuses DAX areas
        Cpu(new Call { Kind = CallKind.Advise, Space = Space, Begin = Begin, PageCount = 1, Advice = Advice.PageOut });
        Assert.Equal(Errno.EOPNOTSUPP, Cpu(new Call { Kind = CallKind.Pin, Space = Space, Begin = Begin, PageCount = 1 }).Error);
        Assert.Equal(entry.Frame, Entry(0).Frame);
        Assert.Equal([7UL], OnDevice(CallKind.DeviceRead).Values); // mirrored where it lies, without any memory of the device
        Assert.Equal(Errno.None, OnDevice(CallKind.DeviceWrite, value: 9).Error);
        Assert.Equal(9UL, Load(0));
        Assert.Equal(_system.DeviceMemories[0].Frames.FrameCount, _system.DeviceMemories[0].Frames.FreeFrameCount);

        Cpu(new Call { Kind = CallKind.Unmap, Space = Space, Begin = Begin, PageCount = 4 });
        MapInPlace(AreaBacking.FsDax, memory: 4);
        Assert.Equal(9UL, Load(0)); // the file is where it was
        Assert.Empty(_system.Check());
    }

    [Fact]
    public void A_device_dax_page_is_filled_by_a_fault_and_can_be_pinned()
    {
        MapInPlace(AreaBacking.DeviceDax, memory: 5);
        Store(1, 5);
        Assert.Equal(EntryKind.None, Entry(0).Kind);
        Assert.True(_system.DeviceMemories[3].Frames.Owns(Entry(1).Frame));
        Assert.Equal(Errno.None, Cpu(new Call { Kind = CallKind.Pin, Space = Space, Begin = Begin + 1, PageCount = 1, IsWrite = true }).Error);
        Store(1, 6);
        Assert.Equal([6UL], Cpu(new Call { Kind = CallKind.ReadPins, Space = Space, PageCount = 1 }).Values);
        Cpu(new Call { Kind = CallKind.Unpin, Space = Space });
        Open(0);
        Assert.Equal(Errno.EINVAL, OnDevice(CallKind.MigrateToDevice).Error);
        Assert.True(Entry(1).IsPresent);
        Assert.Empty(_system.Check());
    }

    [Fact]
    public void A_pci_bar_is_present_from_mmap_on_and_no_walk_goes_there()
    {
        MapInPlace(AreaBacking.PciP2p, memory: 6);
        Assert.All(Enumerable.Range(0, 4), page => Assert.True(_system.DeviceMemories[4].Frames.Owns(Entry(page).Frame)));
        Store(2, 3);
        Assert.Equal(3UL, Load(2));
        Open(0);
        Assert.Equal(Errno.EFAULT, OnDevice(CallKind.DeviceRead).Error); // VM_IO
        Assert.Equal(Errno.EINVAL, OnDevice(CallKind.MigrateToDevice).Error);
        Assert.Equal(DevicePermission.Error, _system.Permission(0, 1, Space, Begin));
        Assert.Empty(_system.Check());
    }

    [Theory]
    [InlineData(DeviceMemoryKind.Private, EntryKind.DevicePrivate, EntryKind.Present)]
    [InlineData(DeviceMemoryKind.Coherent, EntryKind.Present, EntryKind.Present)]
    public void Only_memory_that_the_cpu_cannot_address_needs_a_special_entry(DeviceMemoryKind kind, EntryKind after, EntryKind touched)
    {
        PureSystem system = new(kind);
        system.Perform(-1, new Call { Kind = CallKind.Map, Space = Space, Begin = Begin, PageCount = 1, Protections = Protections.ReadWrite });
        system.Perform(-1, new Call { Kind = CallKind.Store, Space = Space, Begin = Begin, PageCount = 1, Value = 4 });
        system.Perform(0, new Call { Kind = CallKind.Open, Space = Space, Mirror = 1 });
        system.Perform(0, new Call { Kind = CallKind.MigrateToDevice, Space = Space, Begin = Begin, PageCount = 1, Mirror = 1 });
        PageTableEntry moved = system.CpuMemory.Entry(Space, Begin);
        Assert.Equal(after, moved.Kind);
        Assert.True(system.DeviceMemories[0].Frames.Owns(moved.Frame));
        CallResult load = system.Perform(-1, new Call { Kind = CallKind.Load, Space = Space, Begin = Begin, PageCount = 1 });
        Assert.Equal([4UL], load.Values);
        PageTableEntry seen = system.CpuMemory.Entry(Space, Begin);
        Assert.Equal(touched, seen.Kind);
        Assert.Equal(kind == DeviceMemoryKind.Coherent, seen.Frame == moved.Frame); // in place, or brought back
        Assert.Empty(system.Check());
    }

    private void MapInPlace(AreaBacking backing, uint memory) => Assert.Equal(CallResult.Success, Cpu(new Call
    {
        Kind = CallKind.Map,
        Space = Space,
        Begin = Begin,
        PageCount = 4,
        Protections = Protections.ReadWrite,
        Backing = backing,
        File = new FileId(1),
        Memory = new MemoryId(memory),
    }));

    private void Open(int device) => _system.Perform(device, new Call { Kind = CallKind.Open, Space = Space, Mirror = 1 });

    private CallResult OnDevice(CallKind kind, ulong value = 0) =>
        _system.Perform(0, new Call { Kind = kind, Space = Space, Begin = Begin, PageCount = 1, Mirror = 1, Value = value });

    private CallResult Cpu(Call call) => _system.Perform(ICallSystem.CpuMemory, call);

    private ulong Load(int page) => Cpu(new Call { Kind = CallKind.Load, Space = Space, Begin = Begin + page, PageCount = 1 }).Values![0];

    private void Store(int page, ulong value) =>
        Assert.Equal(CallResult.Success, Cpu(new Call { Kind = CallKind.Store, Space = Space, Begin = Begin + page, PageCount = 1, Value = value }));

    private PageTableEntry Entry(int page) => _system.CpuMemory.Entry(Space, Begin + page);
}
