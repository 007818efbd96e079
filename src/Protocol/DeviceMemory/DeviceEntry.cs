using HmmSim.Protocol.Accesses;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol;

/// <summary>One 64-bit entry of a device's page table.</summary>
/// <remarks>
/// <code>
/// | 63..52 0 | 51..12 frame number | 11..3 0 | 2..0 kind |
/// </code>
/// </remarks>
public readonly record struct DeviceEntry(ulong Raw) : IEntryLayout
{
    private const ulong KindMask = 7;

    /// <summary>An entry of a kind that names a frame.</summary>
    public DeviceEntry(DeviceEntryKind kind, PageFrameNumber frame)
        : this((frame.Value << VirtualPageNumber.PageShift) | (ulong)kind)
    {
    }

    /// <summary>What it says.</summary>
    public DeviceEntryKind Kind => (DeviceEntryKind)(Raw & KindMask);

    /// <summary>The frame it names; meaningless for None and Error.</summary>
    public PageFrameNumber Frame => new(Raw >> VirtualPageNumber.PageShift);

    /// <summary>True if a load translates.</summary>
    public bool IsReadable => Kind is not (DeviceEntryKind.None or DeviceEntryKind.Error);

    /// <summary>True if a store translates.</summary>
    public bool IsWritable => Kind is DeviceEntryKind.LocalWrite or DeviceEntryKind.RemoteWrite;

    /// <summary>True if the access stays inside the device's memory.</summary>
    public bool IsLocal => Kind is DeviceEntryKind.LocalRead or DeviceEntryKind.LocalWrite;

    /// <summary>What an access meets.</summary>
    public TranslationKind Translate(bool write) =>
        Kind == DeviceEntryKind.Error ? TranslationKind.Refused
        : !(write ? IsWritable : IsReadable) ? TranslationKind.Fault
        : IsLocal ? TranslationKind.Local
        : TranslationKind.Remote;

    /// <inheritdoc/>
    public static PageFrameNumber FrameOf(ulong entry) => new DeviceEntry(entry).Frame;

    /// <inheritdoc/>
    public static ulong Advance(ulong entry, int pages) => new DeviceEntry(entry).Kind is DeviceEntryKind.None or DeviceEntryKind.Error
        ? entry
        : entry + ((ulong)pages << VirtualPageNumber.PageShift);

    /// <summary>Kind and frame, for diagnostics.</summary>
    public override string ToString() => Kind is DeviceEntryKind.None or DeviceEntryKind.Error ? $"{Kind}" : $"{Kind}({Frame})";
}
