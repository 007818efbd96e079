namespace HmmSim.Protocol.Messages;

/// <summary>The one list of protocol messages; sender, receiver and meaning of each are in <see cref="MessageRoles"/>.</summary>
public enum MessageKind : byte
{
    /// <summary>No message.</summary>
    None = 0,

    /// <summary>A CPU thread touched a page it could not translate.</summary>
    CpuFault,

    /// <summary>A CPU thread unmaps pages (<c>munmap</c>).</summary>
    Unmap,

    /// <summary>The CPU's own part of unmapping is done: its TLBs hold nothing of the pages any more, its handler has done its work.</summary>
    CpuUnmapDone,

    /// <summary>A warp touched a page its device could not translate (far fault).</summary>
    DeviceFault,

    /// <summary>The driver's bottom half fetches the next batch from the fault buffer.</summary>
    ServiceBatch,

    /// <summary>The driver reaches the next VA block of the batch.</summary>
    ServiceBlock,

    /// <summary>Walk the CPU page table for a device and fault pages in (<c>hmm_range_fault</c>).</summary>
    RangeFault,

    /// <summary>The result of the walk.</summary>
    RangeFaultReply,

    /// <summary>Migrate pages of a range (<c>migrate_vma</c> or, for eviction, <c>migrate_device_range</c>).</summary>
    MigrateVma,

    /// <summary>A CPU touch hit a page the receiver owns: bring it back (<c>dev_pagemap_ops.migrate_to_ram</c>).</summary>
    MigrateToRam,

    /// <summary>A change of the page table begins (<c>mmu_interval_notifier</c> invalidate, sequence odd).</summary>
    InvalidateStart,

    /// <summary>The mirror holds nothing of the range any more.</summary>
    InvalidateAck,

    /// <summary>The change is over (sequence even again).</summary>
    InvalidateEnd,

    /// <summary>Unmap the pages from the device and copy them to the destination.</summary>
    CopyPages,

    /// <summary>The contents of pages, carried by a copy engine.</summary>
    PageData,

    /// <summary>The contents have arrived at the destination.</summary>
    CopyDone,

    /// <summary>The outcome of a migration for its destination: map what moved, free the other frames.</summary>
    MigrateFinalize,

    /// <summary>The outcome of a migration for its source, or an unmap: these frames are free (<c>folio_free</c>).</summary>
    FreePages,

    /// <summary>A load or store of a device to RAM that it has mapped.</summary>
    RemoteAccess,

    /// <summary>The load's value, or that the store has landed.</summary>
    RemoteAccessReply,
}
