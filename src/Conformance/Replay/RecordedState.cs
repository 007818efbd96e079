using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Replay;

/// <summary>The whole state that a trace has recorded so far: the last entry of each window of each process that lives.</summary>
public sealed class RecordedState
{
    private readonly WindowState?[] _windows = new WindowState?[TraceScript.ProcessSlots * TraceScript.Windows];

    /// <summary>The state of a window of a process, or null if the trace has none.</summary>
    public WindowState? this[int process, int window]
    {
        get => _windows[(process * TraceScript.Windows) + window];
        private set => _windows[(process * TraceScript.Windows) + window] = value;
    }

    /// <summary>Takes over what an operation changed.</summary>
    public void Apply(IReadOnlyList<WindowState> changes)
    {
        foreach (WindowState change in changes)
        {
            this[change.Process, change.Window] = change;
        }
    }

    /// <summary>Forgets a process that has ended.</summary>
    public void Forget(int process)
    {
        for (int window = 0; window < TraceScript.Windows; window++)
        {
            this[process, window] = null;
        }
    }
}
