using HmmSim.Conformance.Replay;
using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Comparison;

/// <summary>Compares the whole state with the recorded one.</summary>
internal static class StateComparison
{
    /// <summary>Adds the parts of the state that differ anywhere, each once.</summary>
    public static void AddDifferences(RecordedState expected, StateObserver actual, ISet<MismatchField> differences)
    {
        for (int process = 0; process < TraceScript.ProcessSlots; process++)
        {
            for (int window = 0; window < TraceScript.Windows; window++)
            {
                Compare(expected[process, window], actual[process, window], differences);
            }
        }
    }

    private static void Compare(WindowState? expected, ObservedWindow actual, ISet<MismatchField> differences)
    {
        if (expected is null || !actual.IsThere)
        {
            if (expected is not null || actual.IsThere)
            {
                differences.Add(MismatchField.Entries);
            }

            return;
        }

        if (!actual.Entries.SequenceEqual(expected.Entries))
        {
            CompareEntries(expected.Entries, actual.Entries, differences);
        }

        if (!actual.Permissions(0).SequenceEqual(expected.Permissions0))
        {
            differences.Add(MismatchField.Device0);
        }

        if (!actual.Permissions(1).SequenceEqual(expected.Permissions1))
        {
            differences.Add(MismatchField.Device1);
        }
    }

    private static void CompareEntries(string expected, ReadOnlySpan<char> actual, ISet<MismatchField> differences)
    {
        if (expected.Length != actual.Length)
        {
            differences.Add(MismatchField.Entries);
            return;
        }

        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] != actual[i])
            {
                differences.Add(i % 2 == 0 ? MismatchField.Entries : MismatchField.Sharing);
            }
        }
    }
}
