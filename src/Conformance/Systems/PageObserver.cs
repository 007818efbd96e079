using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;

namespace HmmSim.Conformance.Systems;

/// <summary>Reads a page-table entry of the machines as <c>/proc/PID/pagemap</c> shows it.</summary>
internal static class PageObserver
{
    /// <summary>The entry of a page.</summary>
    /// <param name="cpu">The CPU memory.</param>
    /// <param name="firstDevice">Device 0: its private pages have a letter of their own.</param>
    /// <param name="space">The address space.</param>
    /// <param name="page">The page.</param>
    public static PageObservation Observe(CpuMemory cpu, DeviceMemory firstDevice, AddressSpaceId space, VirtualPageNumber page)
    {
        PageTableEntry entry = cpu.Entry(space, page);
        char letter = entry.Kind switch
        {
            EntryKind.None => '.',
            EntryKind.Present => entry.IsZeroPage ? 'Z' : cpu.RecordOf(entry.Frame) is { IsFilePage: true } ? 'F' : 'P',
            EntryKind.DevicePrivate => firstDevice.Frames.Owns(entry.Frame) ? Cased('D', entry) : Cased('E', entry),
            EntryKind.DeviceExclusive => Cased('X', entry),
            EntryKind.Swap => 'S',
            EntryKind.Migration => 'M',
            EntryKind.HwPoison or EntryKind.Marker => throw new InvalidOperationException($"{entry} has no letter"),
        };
        ulong identity = letter switch
        {
            '.' or 'Z' => 0,
            'S' => (1UL << PageFrameNumber.Bits) + entry.Offset,
            _ => entry.Frame.Value,
        };
        return new PageObservation(letter, identity);
    }

    private static char Cased(char letter, PageTableEntry entry) => entry.IsWritable ? letter : char.ToLowerInvariant(letter);
}
