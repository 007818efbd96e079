using System.Collections.Immutable;

namespace HmmSim.Conformance.Comparison;

/// <summary>The words of <see cref="MismatchField"/> in reports.</summary>
public static class MismatchFields
{
    /// <summary>Every field, in order.</summary>
    public static ImmutableArray<MismatchField> All { get; } = [.. Enum.GetValues<MismatchField>()];

    /// <summary>The word of a field: as in the trace, or the name of a part of the state.</summary>
    public static string WordOf(MismatchField field) => field switch
    {
        MismatchField.Skip => "skip",
        MismatchField.Error => "e",
        MismatchField.Signal => "sig",
        MismatchField.Code => "code",
        MismatchField.PageCount => "c",
        MismatchField.FaultCount => "f",
        MismatchField.Values => "v",
        MismatchField.Permissions => "s",
        MismatchField.Entries => "pte",
        MismatchField.Sharing => "share",
        MismatchField.Device0 => "S0",
        MismatchField.Device1 => "S1",
        MismatchField.Failure => "failure",
    };
}
