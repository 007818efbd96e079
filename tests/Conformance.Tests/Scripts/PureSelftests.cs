using HmmSim.Conformance.Systems;

namespace HmmSim.Conformance.Tests.Scripts;

/// <summary>The machines alone pass the kernel's selftests.</summary>
public sealed class PureSelftests() : SystemSelftests(kind => new PureSystem(kind));
