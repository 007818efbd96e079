namespace HmmSim.Protocol.Steps;

/// <summary>What a machine made of a message.</summary>
public enum Verdict : byte
{
    /// <summary>Done; effects say what follows.</summary>
    Handled = 0,

    /// <summary>Kept until a transaction ends; it is in that transaction's list of waiters.</summary>
    Deferred,

    /// <summary>Nothing to do, because of a crossing that is explained where this verdict is given.</summary>
    Ignored,
}
