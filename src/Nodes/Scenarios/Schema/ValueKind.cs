namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>What the value of a key may be.</summary>
public enum ValueKind : byte
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A name: a letter, then letters, digits, '_', '-' and '.', at most 64 together.</summary>
    Name,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A whole number of 64 bits without sign.</summary>
    Seed,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>An amount of memory with its unit.</summary>
    Size,

    /// <summary>A span of virtual time with its unit.</summary>
    Duration,

    /// <summary>A rate with its unit.</summary>
    Bandwidth,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>The name of something else in the scenario.</summary>
    Reference,

    /// <summary>A list of names of other things in the scenario.</summary>
    References,

    /// <summary>A path relative to the scenario file.</summary>
    File,

    /// <summary>Keys with values.</summary>
    Section,

    /// <summary>A list of sections.</summary>
    Sections,
}
