namespace HmmSim.Conformance.Traces;

/// <summary>The recorded state of one window of one process: one value of <c>st</c>.</summary>
/// <param name="Process">Slot of the process.</param>
/// <param name="Window">The window.</param>
/// <param name="Entries">Two characters a page: the letter of the entry, and the letter that sharers have in common or
/// <c>-</c>.</param>
/// <param name="Permissions0">Two hexadecimal digits a page, seen by device 0; empty if this process has not opened it.</param>
/// <param name="Permissions1">The same for device 1.</param>
public sealed record WindowState(int Process, int Window, string Entries, string Permissions0, string Permissions1)
{
    /// <summary>Pages of the window.</summary>
    public int PageCount => Entries.Length / 2;

    /// <summary>What the device sees; empty if this process has not opened it.</summary>
    public string Permissions(int device) => device == 0 ? Permissions0 : Permissions1;
}
