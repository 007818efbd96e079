namespace HmmSim.Cluster.Tests.Network;

/// <summary>A test that needs network namespaces; where none can be made, it is reported as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetworkFactAttribute : FactAttribute
{
    public NetworkFactAttribute() => Skip = TestNetwork.Unavailable;
}
