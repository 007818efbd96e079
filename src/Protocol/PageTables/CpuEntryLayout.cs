using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.PageTables;

/// <summary>The layout of <see cref="PageTableEntry"/>.</summary>
public readonly struct CpuEntryLayout : IEntryLayout
{
    private const int InvertedOffsetShift = 9;

    /// <inheritdoc/>
    public static PageFrameNumber FrameOf(ulong entry) =>
        new PageTableEntry(entry) is { Kind: not (EntryKind.None or EntryKind.Swap or EntryKind.Marker) } named
            ? named.Frame
            : PageFrameNumber.ZeroPage;

    /// <inheritdoc/>
    public static ulong Advance(ulong entry, int pages)
    {
        if ((entry & 1) != 0)
        {
            return new PageTableEntry(entry).IsZeroPage ? entry : entry + ((ulong)pages << VirtualPageNumber.PageShift);
        }

        // Swap offsets are stored inverted, so the next frame is one less. An empty entry and a marker name no frame.
        return entry == 0 || new PageTableEntry(entry).Kind == EntryKind.Marker ? entry : entry - ((ulong)pages << InvertedOffsetShift);
    }
}
