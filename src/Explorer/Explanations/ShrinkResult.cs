using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Explanations;

/// <summary>A smaller system that violates the same property.</summary>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Run">A run of it; a shortest one if <paramref name="IsMinimal"/>.</param>
/// <param name="IsMinimal">
/// Whether leaving out any one operation or actor, or making any size smaller, no longer violates the property, as exhaustive
/// searches have shown, and the run is the shortest. False if a search met its limit or the shrinking was ended.
/// </param>
/// <param name="Searches">Number of candidates that were searched.</param>
public sealed record ShrinkResult(ModelConfiguration Configuration, Counterexample Run, bool IsMinimal, int Searches);
