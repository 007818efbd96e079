using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Processes;

namespace HmmSim.Protocol.Tests.Processes;

/// <summary>Slots, numbers, and who holds a handle open.</summary>
public sealed class ProcessTableTests
{
    private readonly ProcessTable _table = new(slots: 4, devices: 2, windows: 4);

    [Fact]
    public void One_process_is_there_and_holds_nothing()
    {
        Assert.Equal([true, false, false, false], Enumerable.Range(0, _table.Slots).Select(_table.IsAlive));
        Assert.Equal(new AddressSpaceId(0), _table.SpaceOf(0));
        Assert.Null(_table.OwnHandle(0, 0));
        Assert.Null(_table.InheritedHandle(0, 0));
        Assert.Null(_table.FileOf(0, 0));
    }

    [Fact]
    public void A_used_slot_gets_a_fresh_address_space()
    {
        AddressSpaceId announced = _table.NextSpace;
        Assert.Equal(announced, _table.Fork(0, 1));
        Assert.Empty(_table.Exit(1));
        Assert.False(_table.IsAlive(1));
        Assert.Equal(new AddressSpaceId(2), _table.Fork(0, 1));
        Assert.Equal(new AddressSpaceId(2), _table.SpaceOf(1));
    }

    [Fact]
    public void Every_open_is_a_mirror_of_its_own_of_the_opener()
    {
        _table.Fork(0, 1);
        DeviceHandle first = _table.Open(0, 1);
        DeviceHandle second = _table.Open(1, 1);
        Assert.Equal((1u, 1, _table.SpaceOf(0)), (first.Mirror, first.Device, first.Space));
        Assert.Equal((2u, 1, _table.SpaceOf(1)), (second.Mirror, second.Device, second.Space));
        Assert.Same(second, _table.Close(1, 1, isInherited: false));
        Assert.Equal(3u, _table.Open(1, 1).Mirror);
    }

    [Fact]
    public void The_last_of_all_who_inherited_a_handle_closes_it()
    {
        DeviceHandle handle = _table.Open(0, 0);
        _table.Fork(0, 1);
        Assert.Same(handle, _table.InheritedHandle(1, 0));
        Assert.Null(_table.OwnHandle(1, 0));
        Assert.Equal(2, handle.ReferenceCount);
        Assert.Empty(_table.Exit(0));
        Assert.Same(handle, _table.Close(1, 0, isInherited: true));
        Assert.Equal(0, handle.ReferenceCount);
    }

    [Fact]
    public void A_grandchild_holds_what_it_cannot_name()
    {
        DeviceHandle handle = _table.Open(0, 0);
        _table.Fork(0, 1);
        DeviceHandle own = _table.Open(1, 0);
        _table.Fork(1, 2);
        Assert.Same(own, _table.InheritedHandle(2, 0));
        Assert.Null(_table.Close(0, 0, isInherited: false));
        Assert.Empty(_table.Exit(1));
        Assert.Equal((1, 1), (handle.ReferenceCount, own.ReferenceCount));
        Assert.Equal([handle, own], _table.Exit(2));
    }

    [Fact]
    public void Files_made_before_a_fork_are_shared_and_later_ones_are_not()
    {
        WindowFile shared = _table.MakeFile(0, 2, 8);
        _table.Fork(0, 1);
        WindowFile late = _table.MakeFile(0, 3, 1);
        Assert.Same(shared, _table.FileOf(1, 2));
        Assert.Null(_table.FileOf(1, 3));
        WindowFile other = _table.MakeFile(1, 3, 1);
        int unnamed = _table.MakeUnnamedFile().Value;
        Assert.Equal(4, new[] { shared.Id.Value, late.Id.Value, other.Id.Value, unnamed }.Distinct().Count());
        Assert.DoesNotContain(0, new[] { shared.Id.Value, late.Id.Value, other.Id.Value, unnamed });
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        _table.Open(0, 0);
        _table.MakeFile(0, 0, 1);
        Assert.Throws<InvalidOperationException>(() => _table.Open(0, 0));
        Assert.Throws<InvalidOperationException>(() => _table.Close(0, 1, isInherited: false));
        Assert.Throws<InvalidOperationException>(() => _table.Close(0, 0, isInherited: true));
        Assert.Throws<InvalidOperationException>(() => _table.Fork(0, 0));
        Assert.Throws<InvalidOperationException>(() => _table.Fork(1, 2));
        Assert.Throws<InvalidOperationException>(() => _table.Exit(3));
        Assert.Throws<InvalidOperationException>(() => _table.SpaceOf(1));
        Assert.Throws<InvalidOperationException>(() => _table.MakeFile(0, 0, 1));
    }
}
