using System.Collections.Immutable;
using Akka.Actor;
using HmmSim.Nodes.Cluster.Wire;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>What an <see cref="AttemptActor"/> tells its parent in the end; it stays in this process.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why, if it did not finish.</param>
/// <param name="Reports">One for each member, if it finished.</param>
/// <param name="Lost">Members that did not take part to the end.</param>
internal sealed record AttemptEnded(
    AttemptOutcome Outcome, string Reason, ImmutableArray<MemberReport> Reports, ImmutableHashSet<Address> Lost) : INoSerializationVerificationNeeded;
