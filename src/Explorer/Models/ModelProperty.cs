namespace HmmSim.Explorer.Models;

/// <summary>The verdict of a model's checks: a position in <see cref="IModel.Properties"/>, or <see cref="None"/>.</summary>
public static class ModelProperty
{
    /// <summary>No property is violated.</summary>
    public const int None = -1;
}
