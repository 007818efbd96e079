namespace HmmSim.Explorer.Models;

/// <summary>The verdict of a model's checks: a position in <see cref="IModel.Properties"/>, or <see cref="None"/>.</summary>
public static class ModelProperty
{
    /// <summary>No property is violated.</summary>
    public const int None = -1;

    /// <summary>
    /// Name of the property that a run ends only when all work is done; a terminal state with work left violates it.
    /// </summary>
    public const string DeadlockFreedom = "deadlock freedom";

    /// <summary>
    /// Name of the property that in a terminal state nothing is held that nobody will give back: no reference, no owner without a
    /// copy, no message, no queue.
    /// </summary>
    public const string NoLeakAtQuiescence = "no leak at quiescence";

    /// <summary>
    /// Name of the property that every message meets a handler for the state it arrives in. <see cref="IModel.Apply"/> sets a bit
    /// where one does not, and <see cref="IModel.FindViolation"/> reports it.
    /// </summary>
    public const string NoUnhandledMessage = "no unhandled message";
}
