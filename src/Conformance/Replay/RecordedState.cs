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

    /// <summary>Takes over what an operation changed. A process that ends takes its windows with it.</summary>
    public void Advance(TraceStep step)
    {
        if (step.Operation.Kind == OperationKind.Exit && !step.Result.IsSkipped)
        {
            Array.Clear(_windows, step.Operation.Process * TraceScript.Windows, TraceScript.Windows);
        }

        foreach (WindowState change in step.Changes)
        {
            this[change.Process, change.Window] = change;
        }
    }

    /// <summary>Becomes equal to another.</summary>
    public void CopyFrom(RecordedState other) => other._windows.CopyTo(_windows, 0);
}
