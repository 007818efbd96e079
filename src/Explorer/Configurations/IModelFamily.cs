using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Configurations;

/// <summary>Makes models of one kind from configurations, so that a file or an option can name them.</summary>
/// <remarks>
/// An implementation with a parameterless constructor in an assembly of a user is found by <see cref="ModelPlugin"/>. A model is
/// returned as <see cref="IModel"/>; what more an engine can do with it is told by its further interfaces: <see
/// cref="ISymmetricModel"/>, <see cref="IActorModel"/>, <see cref="IReducibleModel"/>, <see cref="IResponseModel"/>, <see
/// cref="INarratedModel"/>.
/// </remarks>
public interface IModelFamily
{
    /// <summary>What configurations call it: lower case, words joined by hyphens.</summary>
    string Name { get; }

    /// <summary>One sentence for people.</summary>
    string Summary { get; }

    /// <summary>Its parameters.</summary>
    IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>An example of the scripts it takes, such as <c>cpu: touch 0</c>; null if it takes none.</summary>
    string? ScriptExample { get; }

    /// <summary>Makes the model of a configuration whose parameters are complete and in range.</summary>
    /// <exception cref="ConfigurationException">The scripts are not such as the family takes, or too large.</exception>
    IModel Create(ModelConfiguration configuration);

    /// <summary>Gives actors their names again after shrinking has dropped one.</summary>
    ModelConfiguration Normalize(ModelConfiguration configuration) => configuration;

    /// <summary>Operations that are simpler than one, simplest first, for shrinking to try in its place.</summary>
    IEnumerable<string> SimplerOperations(string operation) => [];
}
