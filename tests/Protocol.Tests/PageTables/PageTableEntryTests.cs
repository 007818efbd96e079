using CsCheck;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol.Tests.PageTables;

/// <summary>The entry codec against lines captured from a Linux 6.18 kernel, and against itself over all types.</summary>
public sealed class PageTableEntryTests
{
    private static readonly Gen<PageFrameNumber> GenFrame =
        Gen.Frequency((8, Gen.ULong[0, (1UL << PageFrameNumber.Bits) - 1]), (1, Gen.Const(0UL)), (1, Gen.Const((1UL << PageFrameNumber.Bits) - 1)))
            .Select(value => new PageFrameNumber(value));

    // migrate:set_migration_pte of that kernel: with two options off its MAX_SWAPFILES is 28, so the same code is MIGRATION_READ there.
    [Theory]
    [InlineData(0xe7ffffffdfc7c000, 28, 0x101c1f)]
    [InlineData(0xe7ffffffdfc7c200, 28, 0x101c1e)]
    public void A_captured_swap_entry_decodes_and_encodes(ulong raw, int type, ulong frame)
    {
        PageTableEntry entry = new(raw);
        Assert.Equal((SwapEntryType)type, entry.Type);
        Assert.Equal(frame, entry.Offset);
        Assert.Equal(new PageFrameNumber(frame), entry.Frame);
        Assert.False(entry.IsPresent);
        Assert.Equal(raw, PageTableEntry.Swap((SwapEntryType)type, frame).Raw);
    }

    // migrate:remove_migration_pte of the same kernel.
    [Fact]
    public void A_captured_present_entry_decodes()
    {
        PageTableEntry entry = new(0x80000002cd002005);
        Assert.Equal(EntryKind.Present, entry.Kind);
        Assert.Equal(new PageFrameNumber(0x2cd002), entry.Frame);
        Assert.False(entry.IsWritable || entry.IsAccessed || entry.IsDirty);
        Assert.Equal(entry.Raw, PageTableEntry.Present(entry.Frame, writable: false).Raw);
    }

    [Theory]
    [InlineData(SwapEntryType.SwapFile, 0, EntryKind.Swap, false)]
    [InlineData((SwapEntryType)23, 23, EntryKind.Swap, false)]
    [InlineData(SwapEntryType.HwPoison, 24, EntryKind.HwPoison, false)]
    [InlineData(SwapEntryType.MigrationRead, 25, EntryKind.Migration, false)]
    [InlineData(SwapEntryType.MigrationReadExclusive, 26, EntryKind.Migration, false)]
    [InlineData(SwapEntryType.MigrationWrite, 27, EntryKind.Migration, true)]
    [InlineData(SwapEntryType.DeviceWrite, 28, EntryKind.DevicePrivate, true)]
    [InlineData(SwapEntryType.DeviceRead, 29, EntryKind.DevicePrivate, false)]
    [InlineData(SwapEntryType.DeviceExclusive, 30, EntryKind.DeviceExclusive, true)]
    [InlineData(SwapEntryType.PteMarker, 31, EntryKind.Marker, false)]
    public void Each_type_has_the_code_of_the_kernel(SwapEntryType type, int code, EntryKind kind, bool writable)
    {
        PageTableEntry entry = PageTableEntry.Swap(type, 5);
        Assert.Equal(code, (int)type);
        Assert.Equal((ulong)code, entry.Raw >> 59);
        Assert.Equal(kind, entry.Kind);
        Assert.Equal(writable, entry.IsWritable);
    }

    [Fact]
    public void Every_code_is_a_kind_and_only_named_codes_are_special()
    {
        for (int code = 0; code < 32; code++)
        {
            EntryKind kind = PageTableEntry.Swap((SwapEntryType)code, 1).Kind;
            Assert.Equal(code < 24, kind == EntryKind.Swap);
            Assert.NotEqual(EntryKind.Present, kind);
            Assert.NotEqual(EntryKind.None, kind);
        }
    }

    [Fact]
    public void Any_offset_of_any_type_comes_back() =>
        Gen.Select(Gen.Int[0, 31], Gen.ULong[0, (1UL << 50) - 1]).Sample((code, offset) =>
        {
            PageTableEntry entry = PageTableEntry.Swap((SwapEntryType)code, offset);
            Assert.Equal((SwapEntryType)code, entry.Type);
            Assert.Equal(offset, entry.Offset);
            Assert.False(entry.IsPresent);
            Assert.Equal(0UL, entry.Raw & 0x1ff); // flag bits stay clear
        });

    [Fact]
    public void An_offset_of_51_bits_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PageTableEntry.Swap(SwapEntryType.DeviceWrite, 1UL << 50));

    [Fact]
    public void A_present_entry_comes_back() =>
        Gen.Select(GenFrame, Gen.Bool, Gen.Bool, Gen.Bool).Sample((frame, writable, accessed, dirty) =>
        {
            PageTableEntry entry = PageTableEntry.Present(frame, writable, accessed, dirty);
            Assert.Equal(EntryKind.Present, entry.Kind);
            Assert.Equal((frame, writable, accessed, dirty), (entry.Frame, entry.IsWritable, entry.IsAccessed, entry.IsDirty));
            Assert.Equal(PageTableEntry.Present(frame, writable, accessed: true, dirty || writable), entry.Touched(writable));
        });

    [Fact]
    public void A_migration_entry_carries_accessed_and_dirty_beside_the_frame() =>
        Gen.Select(GenFrame, Gen.Int[25, 27], Gen.Bool, Gen.Bool).Sample((frame, code, accessed, dirty) =>
        {
            PageTableEntry entry = PageTableEntry.Migration((SwapEntryType)code, frame, accessed, dirty);
            Assert.Equal(EntryKind.Migration, entry.Kind);
            Assert.Equal((frame, code == 27, accessed, dirty), (entry.Frame, entry.IsWritable, entry.IsAccessed, entry.IsDirty));
        });

    [Fact]
    public void No_other_swap_entry_carries_them() =>
        Gen.Select(Gen.Int[0, 31].Where(code => code is < 25 or > 27), Gen.ULong[0, (1UL << 50) - 1]).Sample((code, offset) =>
        {
            PageTableEntry entry = PageTableEntry.Swap((SwapEntryType)code, offset);
            Assert.False(entry.IsAccessed || entry.IsDirty);
        });

    [Fact]
    public void A_device_private_entry_comes_back() =>
        Gen.Select(GenFrame, Gen.Bool).Sample((frame, writable) =>
        {
            PageTableEntry entry = PageTableEntry.DevicePrivate(frame, writable);
            Assert.Equal(EntryKind.DevicePrivate, entry.Kind);
            Assert.Equal((frame, writable), (entry.Frame, entry.IsWritable));
        });

    [Fact]
    public void A_device_exclusive_entry_keeps_frame_and_permission() =>
        Gen.Select(GenFrame, Gen.Bool).Sample((frame, writable) =>
        {
            PageTableEntry entry = PageTableEntry.DeviceExclusive(frame, writable);
            Assert.Equal(EntryKind.DeviceExclusive, entry.Kind);
            Assert.Equal((frame, writable), (entry.Frame, entry.IsWritable));
            Assert.Equal(PageTableEntry.DeviceExclusive(frame, writable: false), entry.WriteProtected());
        });

    [Fact]
    public void A_swapped_page_keeps_slot_and_exclusiveness() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Bool).Sample((slot, exclusive) =>
        {
            PageTableEntry entry = PageTableEntry.SwapFile(slot, exclusive);
            Assert.Equal(EntryKind.Swap, entry.Kind);
            Assert.Equal(((ulong)slot, exclusive), (entry.Offset, entry.IsSwapExclusive));
            Assert.False(entry.IsPresent || entry.IsWritable);
        });

    [Fact]
    public void The_empty_entry_is_zero_and_grants_nothing()
    {
        Assert.Equal(0UL, PageTableEntry.None.Raw);
        Assert.Equal(EntryKind.None, PageTableEntry.None.Kind);
        Assert.False(PageTableEntry.None.IsPresent || PageTableEntry.None.IsWritable || PageTableEntry.None.IsAccessed || PageTableEntry.None.IsDirty);
    }

    [Theory]
    [InlineData(0UL, "None")]
    [InlineData(0x80000002cd002005, "Present(pfn 0x2cd002 R)")]
    [InlineData(0xe7ffffffdfc7c000, "DevicePrivate(pfn 0x101c1f W)")]
    public void An_entry_prints_kind_frame_and_permission(ulong raw, string text) => Assert.Equal(text, new PageTableEntry(raw).ToString());

    [Fact]
    public void Swap_files_and_markers_print_what_they_hold()
    {
        Assert.Equal("Swap(file 3, slot 9)", PageTableEntry.Swap((SwapEntryType)3, 9).ToString());
        Assert.Equal("Marker(4)", PageTableEntry.Swap(SwapEntryType.PteMarker, 4).ToString());
    }
}
