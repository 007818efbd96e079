using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Comparison;

/// <summary>
/// The state of one window of one process as the system shows it, in the form of the trace. Reused from step to step.
/// </summary>
internal sealed class ObservedWindow
{
    private char[] _entries = [];
    private char[] _permissions0 = [];
    private char[] _permissions1 = [];

    /// <summary>True if the process lives and the window is in use.</summary>
    public bool IsThere { get; private set; }

    /// <summary>Pages of the window.</summary>
    public int Pages { get; private set; }

    /// <summary>By device: whether the process has it open.</summary>
    public bool[] IsOpen { get; } = new bool[TraceScript.Devices];

    /// <summary>By page: the number of the physical page or swap slot, 0 for none.</summary>
    public ulong[] Identities { get; private set; } = [];

    /// <summary>Two characters a page.</summary>
    public Span<char> Entries => _entries.AsSpan(0, 2 * Pages);

    /// <summary>Makes room for a number of pages.</summary>
    public void Begin(int pages)
    {
        IsThere = true;
        Pages = pages;
        if (Identities.Length < pages)
        {
            Identities = new ulong[pages];
            _entries = new char[2 * pages];
            _permissions0 = new char[2 * pages];
            _permissions1 = new char[2 * pages];
        }
    }

    /// <summary>There is nothing to see.</summary>
    public void Clear() => IsThere = false;

    /// <summary>Two hexadecimal digits a page, or nothing if the process has not opened the device.</summary>
    public Span<char> Permissions(int device) =>
        (device == 0 ? _permissions0 : _permissions1).AsSpan(0, IsOpen[device] ? 2 * Pages : 0);

    /// <summary>A copy in the form of the trace.</summary>
    public WindowState ToState(int process, int window) =>
        new(process, window, Entries.ToString(), Permissions(0).ToString(), Permissions(1).ToString());
}
