namespace HmmSim.Protocol;

/// <summary>What a fault is to make possible (<c>FAULT_FLAG_WRITE</c>, <c>FAULT_FLAG_UNSHARE</c>).</summary>
internal enum FaultKind : byte
{
    /// <summary>A load.</summary>
    Load = 0,

    /// <summary>A store.</summary>
    Store,

    /// <summary>A pin for loads that must see the address space's later stores: the page must belong to it alone.</summary>
    Unshare,
}
