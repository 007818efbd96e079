namespace HmmSim.Conformance.Systems;

/// <summary>
/// What an observer sees of one page in the page table of the CPU, without disturbing anything (<c>/proc/PID/pagemap</c>).
/// </summary>
/// <param name="Letter">
/// The kind of entry: <c>.</c> none, <c>P</c> present anonymous, <c>F</c> present file or shmem, <c>Z</c> zero page,
/// <c>D</c>/<c>d</c> device-private on device 0, writable or read-only, <c>E</c>/<c>e</c> the same on device 1, <c>X</c>/<c>x</c>
/// device-exclusive, writable or read-only, <c>S</c> swap, <c>M</c> migration.
/// </param>
/// <param name="Identity">
/// A number of the physical page or swap slot that the entry names: equal for two entries exactly if they name the same one. A
/// swap slot never has the number of a page. 0 where nothing is named, and for the zero page.
/// </param>
public readonly record struct PageObservation(char Letter, ulong Identity)
{
    /// <summary>No entry.</summary>
    public static readonly PageObservation Nothing = new('.', 0);

    /// <summary>Every letter there is.</summary>
    public const string Letters = ".PFZDdEeXxSM";
}
