using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Comparison;

/// <summary>Compares answers field by field.</summary>
internal static class AnswerComparison
{
    /// <summary>The fields that differ, in their order.</summary>
    public static IEnumerable<MismatchField> Differences(TraceResult expected, TraceResult actual)
    {
        if (expected.IsSkipped != actual.IsSkipped)
        {
            yield return MismatchField.Skip;
        }

        if (expected.Error != actual.Error)
        {
            yield return MismatchField.Error;
        }

        if (expected.Signal != actual.Signal)
        {
            yield return MismatchField.Signal;
        }

        if (expected.Code != actual.Code)
        {
            yield return MismatchField.Code;
        }

        if (expected.PageCount != actual.PageCount)
        {
            yield return MismatchField.PageCount;
        }

        if (expected.FaultCount != actual.FaultCount)
        {
            yield return MismatchField.FaultCount;
        }

        if (!AreEqual(expected.Values, actual.Values))
        {
            yield return MismatchField.Values;
        }

        if (!AreEqual(expected.Permissions, actual.Permissions))
        {
            yield return MismatchField.Permissions;
        }
    }

    private static bool AreEqual<T>(IReadOnlyList<T>? left, IReadOnlyList<T>? right) =>
        left is null || right is null ? left is null && right is null : left.SequenceEqual(right);
}
