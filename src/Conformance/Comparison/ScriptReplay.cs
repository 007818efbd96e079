using HmmSim.Conformance.Replay;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Comparison;

/// <summary>Replays one script on a fresh system and compares every answer, and the whole state after every operation.</summary>
public sealed class ScriptReplay
{
    private readonly TraceScript _script;
    private readonly ICallSystem _system;
    private readonly OperationTranslator _translator = new();
    private readonly RecordedState _recorded = new();
    private readonly RecordedState _before = new();
    private readonly StateObserver _observer;
    private readonly List<Mismatch> _mismatches = [];
    private readonly SortedSet<MismatchField> _differences = [];
    private MismatchDetail? _first;

    private ScriptReplay(TraceScript script, ICallSystem system)
    {
        _script = script;
        _system = system;
        _observer = new StateObserver(system, _translator);
    }

    /// <summary>Replays a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="system">A fresh system.</param>
    /// <param name="cancellation">Stops between two operations.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ScriptOutcome Run(TraceScript script, ICallSystem system, CancellationToken cancellation) =>
        new ScriptReplay(script, system).Run(cancellation);

    private ScriptOutcome Run(CancellationToken cancellation)
    {
        int step = 0;
        while (step < _script.Steps.Count && RunStep(step))
        {
            cancellation.ThrowIfCancellationRequested();
            step++;
        }

        return new ScriptOutcome
        {
            Script = _script,
            Operations = Math.Min(step + 1, _script.Steps.Count),
            Mismatches = _mismatches,
            First = _first,
        };
    }

    // False if the system failed, so that nothing after it means anything.
    private bool RunStep(int index)
    {
        TraceStep step = _script.Steps[index];
        _differences.Clear();
        _before.CopyFrom(_recorded);
        TranslatedOperation translated = _translator.Translate(step.Operation, _recorded, step.Changes);
        _recorded.Advance(step);
        TraceResult? answer = null;
        string? failure = null;
        try
        {
            answer = Perform(step.Operation, translated);
            _observer.Observe();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failure = $"{exception.GetType().Name}: {exception.Message}";
            _differences.Add(MismatchField.Failure);
        }

        if (failure is null)
        {
            _differences.UnionWith(AnswerComparison.Differences(step.Result, answer!));
            StateComparison.AddDifferences(_recorded, _observer, _differences);
        }

        if (_differences.Count > 0)
        {
            Record(index, translated, answer, failure);
        }

        return failure is null;
    }

    private TraceResult Perform(TraceOperation operation, TranslatedOperation translated)
    {
        if (translated.Answer is { } answer)
        {
            return answer;
        }

        if (translated.File is { } file)
        {
            _system.MakeFile(file.Id, file.PageValues);
        }

        CallResult? first = null;
        foreach (TargetedCall targeted in translated.Calls)
        {
            CallResult result = _system.Perform(targeted.Device, targeted.Call);
            first ??= result;
        }

        return _translator.Complete(operation, first!);
    }

    private void Record(int index, TranslatedOperation translated, TraceResult? answer, string? failure)
    {
        bool isUnstable = _script.IsUnstable(index);
        OperationKind kind = _script.Steps[index].Operation.Kind;
        _mismatches.AddRange(_differences.Select(field => new Mismatch(index, kind, field, isUnstable)));
        if (_first is not null || isUnstable)
        {
            return;
        }

        _first = new MismatchDetail
        {
            Script = _script,
            Step = index,
            Fields = [.. _differences],
            Calls = translated.Calls,
            Answer = failure is null ? answer : null,
            Failure = failure,
            Before = States(_before),
            Expected = States(_recorded),
            Actual = failure is null ? States(_observer) : [],
        };
    }

    private static List<WindowState> States(RecordedState recorded)
    {
        List<WindowState> states = [];
        ForEachWindow((process, window) => AddIfThere(states, recorded[process, window]));
        return states;
    }

    private static List<WindowState> States(StateObserver observer)
    {
        List<WindowState> states = [];
        ForEachWindow((process, window) =>
            AddIfThere(states, observer[process, window].IsThere ? observer[process, window].ToState(process, window) : null));
        return states;
    }

    private static void AddIfThere(List<WindowState> states, WindowState? state)
    {
        if (state is not null)
        {
            states.Add(state);
        }
    }

    private static void ForEachWindow(Action<int, int> visit)
    {
        for (int process = 0; process < TraceScript.ProcessSlots; process++)
        {
            for (int window = 0; window < TraceScript.Windows; window++)
            {
                visit(process, window);
            }
        }
    }
}
