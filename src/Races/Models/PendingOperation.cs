using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>An operation of a process that has begun and not ended, as far as a page's value is concerned.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Space">The address space.</param>
/// <param name="Child">Fork: the child's address space.</param>
/// <param name="Value">Write: the value.</param>
/// <param name="MayFail">
/// Whether it may end with an error that the page's state does not ask for: Linux refuses a device's store to a private page of its own that
/// <c>fork</c> or <c>mprotect</c> has made read-only (<c>hmm_vma_handle_pte</c> does not fault it in), and whatever is asked of a handle
/// that is closed, or not open yet.
/// </param>
internal sealed record PendingOperation(OperationKind Kind, byte Space, byte Child, byte Value, bool MayFail)
{
    /// <summary>Whether an operation is one for a page's monitor.</summary>
    public static bool Counts(OperationKind kind) => kind is OperationKind.Touch or OperationKind.Write or OperationKind.Unmap or OperationKind.Map
        or OperationKind.ProtectRead or OperationKind.ProtectWrite or OperationKind.DontNeed or OperationKind.Fork or OperationKind.Exit;
}
