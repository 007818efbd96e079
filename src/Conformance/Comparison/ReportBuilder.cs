using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Comparison;

/// <summary>Sums up outcomes of scripts.</summary>
internal sealed class ReportBuilder
{
    private readonly SortedDictionary<(OperationKind Operation, MismatchField Field), MismatchRow> _rows = [];
    private long _scripts;
    private long _failed;
    private long _operations;
    private long _unstable;

    public void Add(ScriptOutcome outcome)
    {
        _scripts++;
        _failed += outcome.Passed ? 0 : 1;
        _operations += outcome.Operations;
        _unstable += Math.Max(0, outcome.Operations - (outcome.Script.UnstableFrom ?? int.MaxValue));
        foreach (Mismatch mismatch in outcome.Mismatches)
        {
            (OperationKind, MismatchField) key = (mismatch.Operation, mismatch.Field);
            MismatchRow row = _rows.TryGetValue(key, out MismatchRow? found) ? found
                : new MismatchRow(mismatch.Operation, mismatch.Field, 0, 0, 0);
            _rows[key] = row with
            {
                FirstInScripts = row.FirstInScripts + (outcome.First?.Step == mismatch.Step ? 1 : 0),
                Mismatches = row.Mismatches + (mismatch.IsUnstable ? 0 : 1),
                UnstableMismatches = row.UnstableMismatches + (mismatch.IsUnstable ? 1 : 0),
            };
        }
    }

    public ConformanceReport ToReport(bool isStopped) => new()
    {
        Scripts = _scripts,
        FailedScripts = _failed,
        Operations = _operations,
        UnstableOperations = _unstable,
        Rows = [.. _rows.Values],
        IsStopped = isStopped,
    };
}
