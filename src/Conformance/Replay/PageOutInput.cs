using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Replay;

/// <summary>
/// Which pages reclaim took. <c>MADV_PAGEOUT</c> is best effort: which pages it really takes depends on per-CPU lists and
/// references that no model of memory has. So the choice is an input, read from the recorded state, and only here: everything
/// that follows from it, the result of the call included, is the system's own.
/// </summary>
internal static class PageOutInput
{
    private const char None = '.';
    private const char Swap = 'S';

    /// <summary>
    /// The pages of the range, by index from its first, whose entry named something before and is a swap entry or gone
    /// afterwards, in the page table of the process that called.
    /// </summary>
    public static IReadOnlySet<long> Of(TraceOperation operation, RecordedState before, IReadOnlyList<WindowState> changes)
    {
        HashSet<long> reclaimed = [];
        WindowState? old = before[operation.Process, operation.Window];
        WindowState? now = changes.LastOrDefault(change => change.Process == operation.Process
            && change.Window == operation.Window);
        for (int i = 0; i < operation.PageCount; i++)
        {
            if (LetterOf(old, operation.Page + i) is not (None or Swap)
                && LetterOf(now ?? old, operation.Page + i) is (None or Swap))
            {
                reclaimed.Add(i);
            }
        }

        return reclaimed;
    }

    private static char LetterOf(WindowState? state, int page) => state is not null && page < state.PageCount
        ? state.Entries[2 * page] : None;
}
