namespace HmmSim.Nodes.Lanes;

/// <summary>A rule of virtual time was broken: something was sent into the past, or nearer than the lookahead allows.</summary>
/// <param name="message">Who, to whom, when, what was allowed and what to do.</param>
public sealed class CausalityException(string message) : InvalidOperationException(message);
