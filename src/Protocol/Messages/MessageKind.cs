namespace HmmSim.Protocol.Messages;

/// <summary>The one list of protocol messages; sender, receiver and meaning of each are in <see cref="MessageRoles"/>.</summary>
public enum MessageKind : byte
{
    /// <summary>No message.</summary>
    None = 0,

    /// <summary>A CPU thread touched a page it could not translate.</summary>
    CpuFault,

    /// <summary>A process asks its CPU memory or a device's driver for something (system call, load, store, ioctl).</summary>
    Call,

    /// <summary>A driver has carried out a call; the home hands the result to the process.</summary>
    CallDone,

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

    /// <summary>A driver mirrors an address space (<c>mmu_interval_notifier_insert</c> over all of it).</summary>
    RegisterMirror,

    /// <summary>A driver mirrors it no more (<c>mmu_interval_notifier_remove</c>).</summary>
    UnregisterMirror,

    /// <summary>Lock the CPU out of RAM pages for a device's atomics (<c>make_device_exclusive_range</c>).</summary>
    MakeExclusive,

    /// <summary>Which of the pages the CPU is locked out of now.</summary>
    ExclusiveReply,

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

    /// <summary>A load or store to a page in another memory: of a device to RAM, of a CPU to coherent device memory.</summary>
    RemoteAccess,

    /// <summary>The load's value, or that the store has landed.</summary>
    RemoteAccessReply,
}
