using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;

namespace SpinLockExample;

/// <summary>What <c>--plugin</c> finds: makes <see cref="SpinLockModel"/> from race files.</summary>
public sealed class SpinLockFamily : IModelFamily
{
    /// <inheritdoc/>
    public string Name => "spin-lock";

    /// <inheritdoc/>
    public string Summary => "threads behind a lock that is one word";

    /// <inheritdoc/>
    public IReadOnlyList<ModelParameter> Parameters { get; } =
    [
        ModelParameter.Size("threads", "number of threads", 2, 1, 16),
        ModelParameter.Choice("atomic", "whether looking at the lock and taking it are one step", "yes", "no"),
    ];

    /// <inheritdoc/>
    public string? ScriptExample => null;

    /// <inheritdoc/>
    public IModel Create(ModelConfiguration configuration) =>
        new SpinLockModel(configuration.Number("threads"), configuration.Text("atomic") == "yes");
}
