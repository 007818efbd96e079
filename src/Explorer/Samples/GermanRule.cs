namespace HmmSim.Explorer.Samples;

/// <summary>The rules of <see cref="GermanModel"/>; each exists once for every node.</summary>
public enum GermanRule : byte
{
    /// <summary>An exclusive owner writes the first data value.</summary>
    StoreFirst,

    /// <summary>An exclusive owner writes the second data value.</summary>
    StoreSecond,

    /// <summary>A node without a copy asks for shared access.</summary>
    SendRequestShared,

    /// <summary>A node without an exclusive copy asks for exclusive access.</summary>
    SendRequestExclusive,

    /// <summary>The idle home takes up a request for shared access.</summary>
    ReceiveRequestShared,

    /// <summary>The idle home takes up a request for exclusive access.</summary>
    ReceiveRequestExclusive,

    /// <summary>The home asks a holder to give its copy up.</summary>
    SendInvalidate,

    /// <summary>A holder gives its copy up and sends back what it wrote.</summary>
    SendInvalidateAck,

    /// <summary>The home takes the acknowledgement and the data.</summary>
    ReceiveInvalidateAck,

    /// <summary>The home grants shared access.</summary>
    SendGrantShared,

    /// <summary>The home grants exclusive access.</summary>
    SendGrantExclusive,

    /// <summary>The requester gets a shared copy.</summary>
    ReceiveGrantShared,

    /// <summary>The requester gets an exclusive copy.</summary>
    ReceiveGrantExclusive,
}
