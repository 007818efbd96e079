using HmmSim.Protocol.Accesses;
namespace HmmSim.Nodes.Execution;

/// <summary>The outcome of a translation.</summary>
/// <param name="Kind">What happens to an access.</param>
/// <param name="Pages">Consecutive pages to which it applies, at least 1.</param>
internal readonly record struct Translation(TranslationKind Kind, int Pages);
