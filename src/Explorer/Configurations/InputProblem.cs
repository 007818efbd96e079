namespace HmmSim.Explorer.Configurations;

/// <summary>One reason why a file was refused.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
/// <param name="Message">What is wrong, what was expected, and what was probably meant.</param>
public sealed record InputProblem(int Line, int Column, string Message)
{
    /// <summary>A message with its hints in brackets.</summary>
    public static string Compose(string problem, string? expected = null, string? guess = null)
    {
        string[] hints = [.. new[] { expected is null ? "" : $"expected {expected}", guess is null
            ? ""
            : $"did you mean '{guess}'?" }.Where(hint => hint.Length > 0)];
        return hints.Length == 0 ? problem : $"{problem} ({string.Join("; ", hints)})";
    }
}
