using Akka.Actor;
using Akka.Serialization;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Cluster.Wire;

namespace HmmSim.Cluster.Tests.Wire;

/// <summary>Our messages travel under our own serializer, and nothing else does.</summary>
public sealed class SerializerTests : IAsyncLifetime
{
    private ClusterNode _node = null!;

    public async Task InitializeAsync() => _node = await ClusterNode.JoinAsync(new ClusterNodeOptions(), null, CancellationToken.None);

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public void Every_message_has_our_serializer_and_a_manifest_of_two_letters()
    {
        Assert.NotEmpty(ClusterSerializer.Types);
        foreach (object message in ClusterSerializer.Types.Select(type => Activator.CreateInstance(type)!))
        {
            Serializer serializer = _node.System.Serialization.FindSerializerFor(message);
            ClusterSerializer ours = Assert.IsType<ClusterSerializer>(serializer);
            Assert.Equal(ClusterSerializer.Number, ours.Identifier);
            Assert.Equal(2, ours.Manifest(message).Length);
            Assert.Equal(message, ours.FromBinary(ours.ToBinary(message), ours.Manifest(message)));
        }
    }

    [Fact]
    public void A_type_that_nobody_has_registered_is_refused() =>
        Assert.ThrowsAny<Exception>(() => _node.System.Serialization.Serialize(new Stranger(1)));

    [Fact]
    public void An_unknown_manifest_is_refused() => Assert.Throws<System.Runtime.Serialization.SerializationException>(
        () => new ClusterSerializer((ExtendedActorSystem)_node.System).FromBinary([], "zz"));

    private sealed record Stranger(int Number);
}
