namespace HmmSim.Explorer.Configurations;

/// <summary>A configuration is not one of its model family.</summary>
public sealed class ConfigurationException : Exception
{
    /// <param name="field">What is wrong: <c>model</c>, <c>parameters.NAME</c> or <c>scripts.ACTOR</c>.</param>
    /// <param name="problem">Why.</param>
    /// <param name="expected">What would be right, in words that follow "expected".</param>
    /// <param name="guess">What was probably meant, or null.</param>
    public ConfigurationException(string field, string problem, string expected, string? guess = null)
        : base(InputProblem.Compose(problem, expected, guess))
    {
        Field = field;
    }

    /// <summary>What is wrong: <c>model</c>, <c>parameters.NAME</c> or <c>scripts.ACTOR</c>.</summary>
    public string Field { get; }
}
