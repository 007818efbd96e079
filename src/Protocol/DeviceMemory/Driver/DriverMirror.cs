using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol;

/// <summary>What an open handle of test_hmm's device stands for (<c>struct dmirror</c>): a device page table of its opener's address space.</summary>
/// <param name="number">The number its opener has chosen.</param>
/// <param name="space">The opener's address space.</param>
public sealed class DriverMirror(uint number, AddressSpaceId space)
{
    /// <summary>The number its opener has chosen.</summary>
    public uint Number { get; } = number;

    /// <summary>The address space it mirrors, whoever uses the handle.</summary>
    public AddressSpaceId Space { get; } = space;

    /// <summary>Its page table.</summary>
    public PageTable<DeviceEntry> Table { get; } = new();
}
