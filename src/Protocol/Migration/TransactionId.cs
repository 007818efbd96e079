using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Migration;

/// <summary>Number of a transaction or request: who opened it, and a count of that opener. Unique in a run.</summary>
public readonly record struct TransactionId(MemoryId Opener, uint Number)
{
    /// <summary>True for the zero value: no transaction.</summary>
    public bool IsNone => Opener == MemoryId.None;

    /// <summary>As <c>t3.17</c>.</summary>
    public override string ToString() => IsNone ? "t-" : $"t{Opener.Value}.{Number}";
}
