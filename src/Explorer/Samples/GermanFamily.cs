using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Samples;

/// <summary>Makes <see cref="GermanModel"/> from configurations.</summary>
public sealed class GermanFamily : IModelFamily
{
    private const string Nodes = "nodes";
    private const string DataValues = "data_values";
    private const string Mutation = "mutation";
    private const string DataSymmetry = "data_symmetry";
    private const string RequestFairness = "request_fairness";

    /// <inheritdoc/>
    public string Name => "german";

    /// <inheritdoc/>
    public string Summary =>
        "German's cache protocol: a home keeps one line coherent among clients; a yardstick of model checkers";

    /// <inheritdoc/>
    public IReadOnlyList<ModelParameter> Parameters { get; } =
    [
        ModelParameter.Size(Nodes, "number of clients", 3, 1, 8),
        ModelParameter.Number(DataValues, "number of data values; with 1, only the control part is left", 2, 1, 2),
        ModelParameter.Choice<GermanMutation>(Mutation, "a seeded bug"),
        ModelParameter.Choice(DataSymmetry, "whether data values count as interchangeable", "no", "yes"),
        ModelParameter.Choice<Fairness>(RequestFairness,
            "what is promised of taking up a client's request; of all else of the protocol, weak fairness is"),
    ];

    /// <inheritdoc/>
    public string? ScriptExample => null;

    /// <inheritdoc/>
    public IModel Create(ModelConfiguration configuration) => new GermanModel(
        configuration.Number(Nodes),
        configuration.Number(DataValues),
        configuration.Word<GermanMutation>(Mutation),
        configuration.Text(DataSymmetry) == "yes",
        configuration.Word<Fairness>(RequestFairness));
}
