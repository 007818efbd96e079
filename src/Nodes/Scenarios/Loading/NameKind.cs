namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>What a name in a scenario stands for.</summary>
internal enum NameKind : byte
{
    /// <summary>A host.</summary>
    Host,

    /// <summary>A CPU and its RAM.</summary>
    Cpu,

    /// <summary>A device and its memory.</summary>
    Device,

    /// <summary>A switch.</summary>
    Switch,

    /// <summary>A buffer.</summary>
    Buffer,

    /// <summary>A stream.</summary>
    Stream,
}
