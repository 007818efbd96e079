namespace HmmSim.Cluster.Tests.Network;

/// <summary>A machine of a <see cref="TestNetwork"/>: a network namespace with one interface.</summary>
/// <param name="Namespace">Name of the namespace.</param>
/// <param name="Port">Its port at the switch, in the namespace of the switch.</param>
/// <param name="Address">Its address, known in the test network only.</param>
internal sealed record NetworkNode(string Namespace, string Port, string Address);
