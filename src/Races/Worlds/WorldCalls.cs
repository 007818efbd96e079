using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;

namespace HmmSim.Races.Worlds;

/// <summary>The calls behind the operations of processes.</summary>
internal static class WorldCalls
{
    private const uint MostDevices = 8;

    /// <summary>The number of the handle by which an address space has a device open: by device, then by address space.</summary>
    public static uint MirrorOf(int device, AddressSpaceId space) => (uint)device + (MostDevices * space.Value);

    /// <summary>The device and the address space of a handle.</summary>
    public static (int Device, AddressSpaceId Space) PartsOf(uint mirror) => ((int)(mirror % MostDevices), new AddressSpaceId((ushort)(mirror / MostDevices)));

    /// <summary>Opens a device: a mirror of the first address space.</summary>
    public static Call Open(int device) => CallOf(new Operation(OperationKind.Open, 0, device), World.FirstSpace, World.FirstSpace, default, 0);

    /// <summary>The call of an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="space">The address space of the thread.</param>
    /// <param name="mirrored">The address space that its handle of a device mirrors: its own, or an ancestor's from which it has the handle.</param>
    /// <param name="child">Fork: the child's.</param>
    /// <param name="value">Write: the value.</param>
    public static Call CallOf(Operation operation, AddressSpaceId space, AddressSpaceId mirrored, AddressSpaceId child, ulong value) => new()
    {
        Kind = KindOf(operation),
        Space = operation.Device > 0 ? mirrored : space,
        Begin = World.PageOf(operation.Page),
        PageCount = operation.PageCount,
        Mirror = MirrorOf(operation.Device, mirrored),
        Protections = operation.Kind == OperationKind.ProtectRead ? Protections.Read : Protections.ReadWrite,
        Backing = AreaBacking.Anonymous,
        Advice = operation.Kind switch { OperationKind.DontNeed => Advice.DontNeed, OperationKind.PageOut => Advice.PageOut, _ => Advice.None },
        Child = child,
        Value = operation.Kind == OperationKind.FailAllocation ? 1 : value,
        IsWrite = operation.Kind == OperationKind.Pin,
    };

    private static CallKind KindOf(Operation operation) => operation.Kind switch
    {
        OperationKind.Touch => operation.Device > 0 ? CallKind.DeviceRead : CallKind.Load,
        OperationKind.Write => operation.Device > 0 ? CallKind.DeviceWrite : CallKind.Store,
        OperationKind.Migrate or OperationKind.MigrateAll => CallKind.MigrateToDevice,
        OperationKind.Return => CallKind.MigrateToSystem,
        OperationKind.Evict => CallKind.Release,
        OperationKind.Close => CallKind.Close,
        OperationKind.Exclusive => CallKind.MakeExclusive,
        OperationKind.CheckExclusive => CallKind.CheckExclusive,
        OperationKind.Snapshot => CallKind.Snapshot,
        OperationKind.FailAllocation => CallKind.SetFlags,
        OperationKind.Unmap => CallKind.Unmap,
        OperationKind.Map => CallKind.Map,
        OperationKind.ProtectRead or OperationKind.ProtectWrite => CallKind.Protect,
        OperationKind.DontNeed or OperationKind.PageOut => CallKind.Advise,
        OperationKind.Fork => CallKind.Fork,
        OperationKind.Exit => CallKind.Exit,
        OperationKind.Pin => CallKind.Pin,
        OperationKind.Unpin => CallKind.Unpin,
        OperationKind.Open => CallKind.Open,
    };
}
