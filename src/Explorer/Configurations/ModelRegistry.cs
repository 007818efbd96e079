using System.Collections.Immutable;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Samples;

namespace HmmSim.Explorer.Configurations;

/// <summary>The model families that configurations may name.</summary>
public sealed class ModelRegistry
{
    private readonly ImmutableArray<IModelFamily> _families;

    /// <exception cref="ArgumentException">Two families have the same name.</exception>
    public ModelRegistry(params ImmutableArray<IModelFamily> families)
    {
        string? twice = families.GroupBy(family => family.Name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1)?.Key;
        _families = twice is null ? families : throw new ArgumentException(
            $"two model families are called '{twice}', expected one: rename yours", nameof(families));
    }

    /// <summary>The families that come with the explorer: one line for each.</summary>
    public static ModelRegistry BuiltIn { get; } = new(
        new GermanFamily(),
        new PageMigrationFamily());

    /// <summary>All families.</summary>
    public IReadOnlyList<IModelFamily> Families => _families;

    /// <summary>With further families.</summary>
    /// <exception cref="ArgumentException">A name is taken already.</exception>
    public ModelRegistry With(IEnumerable<IModelFamily> families) => new([.. _families, .. families]);

    /// <summary>The family that a configuration names.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    public IModelFamily FamilyOf(ModelConfiguration configuration) =>
        _families.FirstOrDefault(family => family.Name == configuration.Model)
        ?? throw Unknown("model", $"there is no model '{configuration.Model}'", configuration.Model,
            _families.Select(family => family.Name));

    /// <summary>Checks the parameters of a configuration and sets those that it leaves out.</summary>
    /// <exception cref="ConfigurationException">Something is unknown or out of range.</exception>
    public ModelConfiguration Complete(ModelConfiguration configuration)
    {
        IModelFamily family = FamilyOf(configuration);
        foreach ((string name, string value) in configuration.Parameters)
        {
            ModelParameter parameter = family.Parameters.FirstOrDefault(known => known.Name == name)
                ?? throw Unknown($"parameters.{name}", $"the model '{family.Name}' has no parameter '{name}'", name,
                    family.Parameters.Select(known => known.Name));
            if (!parameter.Accepts(value))
            {
                throw new ConfigurationException($"parameters.{name}", $"'{name}' is '{value}'", parameter.Expected,
                    NearestWord.Of(value, parameter.Choices));
            }
        }

        foreach (ModelParameter parameter in family.Parameters.Where(parameter =>
            !configuration.Parameters.ContainsKey(parameter.Name)))
        {
            configuration = configuration.With(parameter.Name, parameter.Default);
        }

        return (family.ScriptExample, configuration.Scripts.IsEmpty) switch
        {
            (null, false) => throw new ConfigurationException("scripts", $"the model '{family.Name}' takes no scripts",
                "only parameters"),
            ({ } example, true) => throw new ConfigurationException("scripts", $"the model '{family.Name}' needs scripts",
                $"an actor and its operations such as '{example}'"),
            _ => configuration,
        };
    }

    /// <summary>Makes the model of a configuration.</summary>
    /// <exception cref="ConfigurationException">The configuration is none of its family.</exception>
    public IModel Create(ModelConfiguration configuration) => FamilyOf(configuration).Create(Complete(configuration));

    private static ConfigurationException Unknown(string field, string problem, string word, IEnumerable<string> known) =>
        new(field, problem, $"one of {string.Join(", ", known)}", NearestWord.Of(word, known));
}
