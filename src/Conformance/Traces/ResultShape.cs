namespace HmmSim.Conformance.Traces;

/// <summary>Which fields the answer of an operation has when it succeeds. Each may also be an error number alone.</summary>
public enum ResultShape
{
    /// <summary><c>e</c>.</summary>
    Error = 0,

    /// <summary><c>v</c>, one number; or <c>sig</c> and <c>code</c>.</summary>
    LoadedValue,

    /// <summary><c>e</c>; or <c>sig</c> and <c>code</c>.</summary>
    Stored,

    /// <summary><c>e</c> and <c>v</c>, one number.</summary>
    CopiedValue,

    /// <summary><c>e</c> and <c>v</c>, a list.</summary>
    Values,

    /// <summary><c>e</c> and <c>c</c>.</summary>
    Count,

    /// <summary><c>e</c>, <c>c</c> and <c>v</c>, a list.</summary>
    CountAndValues,

    /// <summary><c>e</c>, <c>c</c> and <c>f</c>.</summary>
    CountAndFaults,

    /// <summary><c>e</c>, <c>c</c>, <c>f</c> and <c>v</c>, a list.</summary>
    CountFaultsAndValues,

    /// <summary><c>e</c>, <c>c</c> and <c>s</c>.</summary>
    CountAndPermissions,
}
