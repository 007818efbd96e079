namespace HmmSim.Explorer.Models;

/// <summary>What is promised of the transitions of a fairness condition.</summary>
public enum Fairness : byte
{
    /// <summary>If one of them is enabled from some point on forever, one of them is taken again and again.</summary>
    Weak,

    /// <summary>If one of them is enabled again and again, one of them is taken again and again.</summary>
    Strong,
}
