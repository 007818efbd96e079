using System.CommandLine.Parsing;

namespace HmmSim.Cli;

/// <summary>Words for options that cannot be used.</summary>
internal static class OptionText
{
    /// <summary>Refuses the value of an option.</summary>
    /// <param name="result">The option with its value.</param>
    /// <param name="expected">What would be right.</param>
    public static T? Refuse<T>(ArgumentResult result, string expected)
    {
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{result.Tokens[0].Value}' (expected {expected})");
        return default;
    }
}
