using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace HmmSim.Explorer.Configurations;

/// <summary>Which model is explored: the name of its family, the parameters, and the scripts of its actors. Plain data.</summary>
/// <param name="Model">Name of an <see cref="IModelFamily"/>.</param>
/// <param name="Parameters">Values by name, in the order of names; what is missing has its default.</param>
/// <param name="Scripts">The scripts of the actors, in the order of the actors; empty for a family without scripts.</param>
public sealed record ModelConfiguration(
    string Model,
    ImmutableSortedDictionary<string,
    string> Parameters,
    ImmutableArray<ActorScript> Scripts)
{
    /// <summary>A configuration with nothing but a family.</summary>
    public ModelConfiguration(string model)
        : this(model, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), [])
    {
    }

    /// <summary>Number of operations in all scripts.</summary>
    public int OperationCount => Scripts.Sum(script => script.Operations.Length);

    /// <summary>
    /// XXH3 (64 bits), in hexadecimal digits, of model, parameters and scripts; that of the complete configuration tells what was explored.
    /// </summary>
    public string Digest
    {
        get
        {
            IEnumerable<string> lines = Parameters.Select(parameter => $"{parameter.Key}: {parameter.Value}").Concat(Scripts.Select(script => $"{script}"));
            return $"{XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(Model)))):x16}";
        }
    }

    /// <summary>With one parameter set.</summary>
    public ModelConfiguration With(string parameter, string value) =>
        this with { Parameters = Parameters.SetItem(parameter, value) };

    /// <summary>The value of a parameter of a complete configuration.</summary>
    public string Text(string parameter) => Parameters[parameter];

    /// <summary>The value of a whole-number parameter of a complete configuration.</summary>
    public int Number(string parameter) => int.Parse(Parameters[parameter], NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The member that a parameter of a complete configuration names.</summary>
    public TEnum Word<TEnum>(string parameter)
        where TEnum : struct, Enum => EnumWord.Find<TEnum>(Parameters[parameter])
            ?? throw new ArgumentException($"'{Parameters[parameter]}' is no {typeof(TEnum).Name}", nameof(parameter));

    /// <inheritdoc/>
    public bool Equals(ModelConfiguration? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>All of it in one line; equal for equal configurations and for no others.</summary>
    public override string ToString() =>
        string.Join(" | ", [Model, .. Parameters.Select(pair => $"{pair.Key}={pair.Value}"),
            .. Scripts.Select(script => script.ToString())]);
}
