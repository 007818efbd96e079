namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>The three shapes of YAML.</summary>
internal enum YamlNodeKind : byte
{
    /// <summary>A single value.</summary>
    Scalar,

    /// <summary>Values in order.</summary>
    Sequence,

    /// <summary>Keys with values.</summary>
    Mapping,
}
