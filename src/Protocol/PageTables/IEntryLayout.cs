using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.PageTables;

/// <summary>How the 64-bit entries of a page table encode frame numbers; lets one entry stand for 512 consecutive frames.</summary>
public interface IEntryLayout
{
    /// <summary>
    /// The entry that names the frame <paramref name="pages"/> further on, all else equal; an entry that names no frame is
    /// returned unchanged.
    /// </summary>
    static abstract ulong Advance(ulong entry, int pages);

    /// <summary>The frame that an entry names; <see cref="PageFrameNumber.ZeroPage"/> if it names none.</summary>
    static abstract PageFrameNumber FrameOf(ulong entry);
}
