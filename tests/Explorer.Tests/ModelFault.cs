namespace HmmSim.Explorer.Tests;

/// <summary>What is wrong with a <see cref="FaultyModel"/>.</summary>
public enum ModelFault
{
    None,
    SharedVariable,
    OneDisablesOther,
    WrongPendingCount,
    HalfPermutation,
    NoCanonicalForm,
    FirstAgentDisabled,
    PropertyNamesAgent,
}
