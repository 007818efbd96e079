namespace HmmSim.Protocol;

/// <summary>What the home does with a page: the content of a cell of <see cref="CpuMemoryTable"/>.</summary>
public enum CpuPageAction : byte
{
    /// <summary>Cannot be: the run stops with state, message, transaction and time.</summary>
    Impossible = 0,

    /// <summary>Leave the page alone.</summary>
    Skip,

    /// <summary>Map the zero page, a new frame, or a page of the file.</summary>
    Populate,

    /// <summary>The translation is there: the thread goes on, or the walk reports the frame.</summary>
    Report,

    /// <summary>Make the page this address space's own: reuse it, or copy it (<c>do_wp_page</c>).</summary>
    BreakSharing,

    /// <summary>Wait for the transaction that has locked it.</summary>
    Wait,

    /// <summary>Lock it and ask its owner to bring it back.</summary>
    MigrateToRam,

    /// <summary>Read it from swap.</summary>
    SwapIn,

    /// <summary>Tell the device that holds it, and make it present again.</summary>
    TakeBack,

    /// <summary>Fail the access (<c>VM_FAULT_HWPOISON</c>).</summary>
    Fail,

    /// <summary>Take it along without a source: the destination starts it zeroed.</summary>
    CollectHole,

    /// <summary>Lock it and replace its entry by a migration entry.</summary>
    Collect,

    /// <summary>Lock it, take it back from the device, and let it stay where it is with a reference that nobody drops.</summary>
    CollectLeaking,

    /// <summary>Name the destination frame in the entry, unless a reference was found that nobody expects.</summary>
    Move,

    /// <summary>Name the destination frame in the empty entry.</summary>
    Insert,

    /// <summary>Somebody populated the hole first: throw the destination's frame away.</summary>
    Discard,

    /// <summary>Empty the entry and drop its reference to the frame.</summary>
    DropFrame,

    /// <summary>Empty the entry and drop its reference to the swap slot.</summary>
    DropSlot,

    /// <summary>Empty the entry.</summary>
    Clear,

    /// <summary>Both address spaces name the page from now on, neither may write it.</summary>
    Share,

    /// <summary>Make it present again, then both address spaces name it, neither may write it.</summary>
    TakeBackAndShare,

    /// <summary>Both address spaces name the swap slot from now on, neither has it alone.</summary>
    ShareSlot,

    /// <summary>Permit or forbid stores as the area does; a store that needs a copy first stays forbidden.</summary>
    ChangePermission,

    /// <summary>Forbid stores, whatever the area permits now: special entries are never upgraded.</summary>
    WriteProtect,

    /// <summary>Carry the entry to its new place as it is.</summary>
    MoveEntry,

    /// <summary>Replace the entry by a device-exclusive one.</summary>
    LockOut,

    /// <summary>Write the page to a swap slot and name that.</summary>
    SwapOut,
}
