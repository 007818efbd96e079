using System.Globalization;
using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Scripts;

/// <summary>Compares the result of a call with what its step must answer.</summary>
internal static class ExpectationCheck
{
    private const int ValuesShown = 16;

    /// <summary>What was expected and did not come; null if all came.</summary>
    public static string? ProblemOf(ScriptStep step, CallResult result, int page, int repetition, bool isOnePage)
    {
        Expectation expected = step.Expected;
        if (!expected.Errors.Contains(result.Error))
        {
            return $"error {string.Join(" or ", expected.Errors)}";
        }

        if (expected.Signal != result.Signal)
        {
            return $"signal {expected.Signal}";
        }

        // Where several ends are right, what a success says is checked only if it was one.
        if (result.Error != Errno.None || result.Signal != FaultSignal.None)
        {
            return null;
        }

        if (expected.PageCount is { } pages && pages != result.PageCount)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{pages} pages");
        }

        if (expected.FaultCount is { } faults && faults != result.FaultCount)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{faults} device faults");
        }

        return ValueProblemOf(step, result, page, repetition, isOnePage) ?? PermissionProblemOf(step, result);
    }

    /// <summary>The result in one line.</summary>
    public static string TextOf(CallResult result)
    {
        if (result.Signal != FaultSignal.None)
        {
            return $"signal {result.Signal}";
        }

        string values = string.Join(',', (result.Values ?? []).Take(ValuesShown));
        string permissions = Convert.ToHexStringLower([.. result.Permissions ?? []]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"error {result.Error}, {result.PageCount} pages, {result.FaultCount} faults, values [{values}], permissions [{permissions}]");
    }

    private static string? ValueProblemOf(ScriptStep step, CallResult result, int page, int repetition, bool isOnePage)
    {
        if (step.Expected.Values is not { } values)
        {
            return null;
        }

        int count = isOnePage ? 1 : step.Pages.Count;
        IReadOnlyList<ulong> actual = result.Values ?? [];
        for (int i = 0; i < count; i++)
        {
            ulong expected = values.Of(isOnePage ? page : i, repetition);
            if (i >= actual.Count || actual[i] != expected)
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"value {expected} of page {step.Pages.First + (isOnePage ? page : i)}");
            }
        }

        return actual.Count == count ? null : string.Create(CultureInfo.InvariantCulture, $"{count} values");
    }

    private static string? PermissionProblemOf(ScriptStep step, CallResult result)
    {
        if (step.Expected.Permissions is not { } expected)
        {
            return null;
        }

        byte[] all = expected.Count == 1 ? [.. Enumerable.Repeat(expected[0], step.Pages.Count)] : [.. expected];
        return (result.Permissions ?? []).SequenceEqual(all) ? null : $"permissions {Convert.ToHexStringLower([.. expected])}";
    }
}
