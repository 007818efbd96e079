using HmmSim.Protocol.Messages;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>Where Linux has what a step models.</summary>
internal static class KernelLocations
{
    /// <summary>The functions behind the delivery of a message.</summary>
    public static string? Of(MessageKind kind) => kind switch
    {
        MessageKind.CpuFault => "handle_mm_fault, do_swap_page (mm/memory.c)",
        MessageKind.Call => "driver ioctl (lib/test_hmm.c)",
        MessageKind.CpuUnmapDone => "flush_tlb_range, flush_tlb_page (arch/x86/mm/tlb.c)",
        MessageKind.DeviceFault => "uvm_gpu_fault_entry (uvm_gpu_replayable_faults.c)",
        MessageKind.ServiceBatch => "service_fault_batch (uvm_gpu_replayable_faults.c)",
        MessageKind.ServiceBlock => "service_fault_batch_block (uvm_gpu_replayable_faults.c)",
        MessageKind.RangeFault => "hmm_range_fault (mm/hmm.c)",
        MessageKind.RangeFaultReply => "mmu_interval_read_retry (include/linux/mmu_notifier.h)",
        MessageKind.MakeExclusive => "make_device_exclusive_range (mm/rmap.c)",
        MessageKind.ExclusiveReply => "dmirror_atomic_map (lib/test_hmm.c)",
        MessageKind.MigrateVma => "migrate_vma_setup, migrate_device_range (mm/migrate_device.c)",
        MessageKind.MigrateToRam => "dev_pagemap_ops.migrate_to_ram (include/linux/memremap.h)",
        MessageKind.InvalidateStart => "mmu_notifier_invalidate_range_start (mm/mmu_notifier.c)",
        MessageKind.InvalidateAck => "mmu_interval_notifier_ops.invalidate returns (mm/mmu_notifier.c)",
        MessageKind.InvalidateEnd => "mmu_notifier_invalidate_range_end (mm/mmu_notifier.c)",
        MessageKind.CopyPages => "the driver's copy to the destination (lib/test_hmm.c, uvm_hmm.c)",
        MessageKind.PageData => "the copy engine",
        MessageKind.CopyDone => "migrate_vma_pages (mm/migrate_device.c)",
        MessageKind.MigrateFinalize => "migrate_vma_finalize, the driver's own mapping (mm/migrate_device.c)",
        MessageKind.FreePages => "dev_pagemap_ops.page_free (mm/memremap.c)",
        MessageKind.RegisterMirror => "mmu_interval_notifier_insert (mm/mmu_notifier.c)",
        MessageKind.UnregisterMirror => "mmu_interval_notifier_remove (mm/mmu_notifier.c)",
        _ => null,
    };

    /// <summary>The functions behind an operation.</summary>
    public static string? Of(Operation operation) => operation.Device > 0 ? "driver ioctl (lib/test_hmm.c)" : operation.Kind switch
    {
        OperationKind.Touch or OperationKind.Write => "handle_mm_fault, do_swap_page (mm/memory.c)",
        OperationKind.Unmap => "do_vmi_munmap, unmap_vmas (mm/mmap.c, mm/memory.c)",
        OperationKind.Map => "mmap_region (mm/mmap.c)",
        OperationKind.ProtectRead or OperationKind.ProtectWrite => "mprotect_fixup, change_protection (mm/mprotect.c)",
        OperationKind.DontNeed => "madvise_dontneed_free (mm/madvise.c)",
        OperationKind.PageOut => "madvise_pageout, reclaim_pages (mm/madvise.c, mm/vmscan.c)",
        OperationKind.Fork => "dup_mmap, copy_page_range (kernel/fork.c, mm/memory.c)",
        OperationKind.Exit => "exit_mmap (mm/mmap.c)",
        OperationKind.Pin => "pin_user_pages (mm/gup.c)",
        OperationKind.Unpin => "unpin_user_pages (mm/gup.c)",
        _ => null,
    };
}
