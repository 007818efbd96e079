using HmmSim.Conformance.Systems;

namespace HmmSim.Conformance.Tests.Comparison;

/// <summary>The machines alone answer every recorded script as the kernel did.</summary>
public sealed class PureConformance() : SystemConformance(kind => new PureSystem(kind));
