using HmmSim.Conformance.Systems;

namespace HmmSim.Conformance.Tests.Scripts;

/// <summary>The real actors pass the kernel's selftests.</summary>
public sealed class ActorSelftests() : SystemSelftests(kind => new ActorSystem(kind));
