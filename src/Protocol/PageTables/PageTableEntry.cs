using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.PageTables;

/// <summary>
/// One 64-bit CPU page-table entry in the encoding of x86-64 Linux: none, present, or a special swap entry.
/// </summary>
/// <remarks>
/// <code>
/// present:   | 63 NX | 62..52 0 | 51..12 frame number | 6 D | 5 A | 2 user | 1 W | 0 P=1 |
/// swap:      | 63..59 type | 58..9 offset, every bit inverted | 8..1 flags | 0 P=0 |
/// offset:    | 49..42 0 | 41 dirty | 40 young | 39..0 frame number |     (A/D on migration entries only)
/// </code>
/// The offset is stored inverted against L1TF: a non-present entry then points at high, absent physical addresses
/// (<c>arch/x86/include/asm/pgtable_64.h</c>). Zero is <see cref="EntryKind.None"/>.
/// </remarks>
public readonly record struct PageTableEntry(ulong Raw)
{
    private const ulong PresentBit = 1UL << 0;
    private const ulong WritableBit = 1UL << 1;
    private const ulong UserBit = 1UL << 2;
    private const ulong AccessedBit = 1UL << 5;
    private const ulong DirtyBit = 1UL << 6;
    private const ulong SwapExclusiveBit = 1UL << 3; // x86-64 keeps pte_swp_exclusive here
    private const ulong NoExecuteBit = 1UL << 63;
    private const int TypeShift = 59;
    private const int OffsetBits = 50;
    private const int OffsetShift = 9;
    private const ulong OffsetMask = (1UL << OffsetBits) - 1;
    private const ulong FrameMask = (1UL << PageFrameNumber.Bits) - 1;
    private const ulong MigrationYoung = 1UL << PageFrameNumber.Bits;
    private const ulong MigrationDirty = 1UL << (PageFrameNumber.Bits + 1);
    private const ulong ExclusiveReadOnly = 1UL << PageFrameNumber.Bits;

    /// <summary>The empty entry.</summary>
    public static readonly PageTableEntry None;

    /// <summary>The decoder: every reader of a page table goes through it.</summary>
    public EntryKind Kind
    {
        get
        {
            if (Raw == 0)
            {
                return EntryKind.None;
            }

            if ((Raw & PresentBit) != 0)
            {
                return EntryKind.Present;
            }

            return Type switch
            {
                SwapEntryType.HwPoison => EntryKind.HwPoison,
                SwapEntryType.MigrationRead or SwapEntryType.MigrationReadExclusive or SwapEntryType.MigrationWrite => EntryKind.Migration,
                SwapEntryType.DeviceWrite or SwapEntryType.DeviceRead => EntryKind.DevicePrivate,
                SwapEntryType.DeviceExclusive => EntryKind.DeviceExclusive,
                SwapEntryType.PteMarker => EntryKind.Marker,
                _ => EntryKind.Swap,
            };
        }
    }

    /// <summary>True if the CPU translates through this entry.</summary>
    public bool IsPresent => (Raw & PresentBit) != 0;

    /// <summary>True if the entry maps the shared zero page.</summary>
    public bool IsZeroPage => IsPresent && Frame == PageFrameNumber.ZeroPage;

    /// <summary>True if a real swap entry's page belonged to its address space alone (<c>pte_swp_exclusive</c>).</summary>
    public bool IsSwapExclusive => Kind == EntryKind.Swap && (Raw & SwapExclusiveBit) != 0;

    /// <summary>The swap type; meaningful on a non-present, non-empty entry only.</summary>
    public SwapEntryType Type => (SwapEntryType)(Raw >> TypeShift);

    /// <summary>The 50-bit swap offset; meaningful on a non-present, non-empty entry only.</summary>
    public ulong Offset => (~Raw << (64 - TypeShift)) >> (64 - OffsetBits);

    /// <summary>The frame the entry names: of a present, migration, device-private, device-exclusive or poisoned page.</summary>
    public PageFrameNumber Frame => new((IsPresent ? Raw >> VirtualPageNumber.PageShift : Offset) & FrameMask);

    /// <summary>True if the page may be written once it is reachable: the W bit, or a WRITE special entry.</summary>
    public bool IsWritable => IsPresent
        ? (Raw & WritableBit) != 0
        : Raw != 0 && (Type is SwapEntryType.MigrationWrite or SwapEntryType.DeviceWrite
            || (Type == SwapEntryType.DeviceExclusive && (Offset & ExclusiveReadOnly) == 0));

    /// <summary>The accessed bit of a present entry, or the young bit of a migration entry; false on every other kind.</summary>
    public bool IsAccessed => Kind switch
    {
        EntryKind.Present => (Raw & AccessedBit) != 0,
        EntryKind.Migration => (Offset & MigrationYoung) != 0,
        _ => false,
    };

    /// <summary>The dirty bit of a present or a migration entry; false on every other kind.</summary>
    public bool IsDirty => Kind switch
    {
        EntryKind.Present => (Raw & DirtyBit) != 0,
        EntryKind.Migration => (Offset & MigrationDirty) != 0,
        _ => false,
    };

    /// <summary>A present, user, non-executable entry.</summary>
    public static PageTableEntry Present(PageFrameNumber frame, bool writable, bool accessed = false, bool dirty = false) =>
        new((frame.Value << VirtualPageNumber.PageShift) | NoExecuteBit | UserBit | PresentBit
            | (writable ? WritableBit : 0) | (accessed ? AccessedBit : 0) | (dirty ? DirtyBit : 0));

    /// <summary>A non-present entry of any type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset has more than 50 bits.</exception>
    public static PageTableEntry Swap(SwapEntryType type, ulong offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, OffsetMask);
        return new(((ulong)type << TypeShift) | ((~offset & OffsetMask) << OffsetShift));
    }

    /// <summary>A device-private entry: it carries neither an accessed nor a dirty bit.</summary>
    public static PageTableEntry DevicePrivate(PageFrameNumber frame, bool writable) =>
        Swap(writable ? SwapEntryType.DeviceWrite : SwapEntryType.DeviceRead, frame.Value);

    /// <summary>A migration entry of one of the three migration types, with the accessed and dirty bits of the entry it replaces.</summary>
    public static PageTableEntry Migration(SwapEntryType type, PageFrameNumber frame, bool accessed, bool dirty) =>
        Swap(type, frame.Value | (accessed ? MigrationYoung : 0) | (dirty ? MigrationDirty : 0));

    /// <summary>
    /// A RAM page that a device holds for atomic access. Linux 6.12 has a writable and a read-only type of it; 7.0 has one type, and
    /// the read-only state is a bit of the offset here.
    /// </summary>
    public static PageTableEntry DeviceExclusive(PageFrameNumber frame, bool writable) =>
        Swap(SwapEntryType.DeviceExclusive, frame.Value | (writable ? 0 : ExclusiveReadOnly));

    /// <summary>A page in slot <paramref name="slot"/> of the swap file.</summary>
    public static PageTableEntry SwapFile(int slot, bool exclusive) =>
        new(Swap(SwapEntryType.SwapFile, (ulong)slot).Raw | (exclusive ? SwapExclusiveBit : 0));

    /// <summary>The same page, not writable: a present entry, or a special entry of the read-only type.</summary>
    public PageTableEntry WriteProtected() => Kind switch
    {
        EntryKind.Present => new(Raw & ~WritableBit),
        EntryKind.DevicePrivate => DevicePrivate(Frame, writable: false),
        EntryKind.DeviceExclusive => DeviceExclusive(Frame, writable: false),
        _ => this,
    };

    /// <summary>This present entry after a CPU access: accessed, and dirty if <paramref name="write"/>.</summary>
    public PageTableEntry Touched(bool write) => new(Raw | AccessedBit | (write ? DirtyBit : 0));

    /// <summary>Kind, frame and permission for diagnostics, for example <c>DevicePrivate(pfn 0x80 W)</c>.</summary>
    public override string ToString() => Kind switch
    {
        EntryKind.None => "None",
        EntryKind.Swap => $"Swap(file {(byte)Type}, slot {Offset})",
        EntryKind.Marker => $"Marker({Offset})",
        var kind => $"{kind}({Frame} {(IsWritable ? 'W' : 'R')})",
    };
}
