using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Nodes.Simulation;
using HmmSim.Nodes.Tests.Scenarios;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Interconnect;

public sealed class RouteTests
{
    [Fact]
    public void The_route_with_the_least_latency_is_taken_whatever_its_number_of_links()
    {
        InterconnectGraph graph = GraphOf("a s t b", "a-b 1000", "a-s 300", "s-t 300", "t-b 300");
        Assert.Equal("a-s s-t t-b 900", Describe(graph, "a", "b"));
    }

    [Fact]
    public void At_equal_latency_fewer_links_win() =>
        Assert.Equal("a-b 600", Describe(GraphOf("a s b", "a-s 300", "s-b 300", "a-b 600"), "a", "b"));

    [Fact]
    public void At_equal_latency_and_length_the_earlier_links_of_the_scenario_win()
    {
        Assert.Equal("a-s s-b 600", Describe(GraphOf("a s t b", "a-s 300", "a-t 300", "s-b 300", "t-b 300"), "a", "b"));
        Assert.Equal("a-t t-b 600", Describe(GraphOf("a s t b", "a-t 300", "a-s 300", "s-b 300", "t-b 300"), "a", "b"));
    }

    [Fact]
    public void Links_have_a_direction()
    {
        InterconnectGraph graph = GraphOf("a s b", "a-b 100", "b-s 200", "s-a 200");
        Assert.Equal("a-b 100", Describe(graph, "a", "b"));
        Assert.Equal("b-s s-a 400", Describe(graph, "b", "a"));
    }

    [Fact]
    public void No_path_is_an_error_that_names_both_ends()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => GraphOf("a b", "a-b 100").FindRoute(1, 0));
        Assert.Contains("from b to a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_do_not_forward_even_if_the_way_through_them_is_shorter()
    {
        Scenario scenario = ScenarioText.Load("""
            name: corner
            hosts:
              - name: host0
                cpu: { name: cpu0, ram: 64MiB }
                devices: [{ name: gpu0, memory: 2MiB }, { name: gpu1, memory: 2MiB }]
            links:
              - { between: [cpu0, gpu0], latency: 100ns, bandwidth: 12GB/s }
              - { between: [gpu0, gpu1], latency: 100ns, bandwidth: 12GB/s }
              - { between: [cpu0, gpu1], latency: 1us, bandwidth: 12GB/s }
            buffers: [{ name: data, size: 4KiB, home: cpu0 }]
            streams: [{ name: touch, processor: gpu1, pattern: sequential, buffer: data }]

            """);
        IReadOnlyList<Node> nodes = SystemBuilder.Build(scenario);
        int cpu = nodes.Single(node => node.Name == "cpu0").Index;
        Node gpu1 = nodes.Single(node => node.Name == "gpu1");
        Assert.Equal(VirtualDuration.FromMicroseconds(1), gpu1.RouteTo(cpu).Latency);
        Assert.Single(gpu1.RouteTo(cpu).Links);
    }

    private static InterconnectGraph GraphOf(string nodes, params string[] links) => new(nodes.Split(' '), [.. links.Select(LinkOf)], []);

    private static LinkSpec LinkOf(string text)
    {
        string[] parts = text.Split('-', ' ');
        return new LinkSpec
        {
            From = parts[0],
            To = parts[1],
            Latency = VirtualDuration.FromNanoseconds(long.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)),
            Bandwidth = new Bandwidth(1_000_000_000),
        };
    }

    private static string Describe(InterconnectGraph graph, string from, string to)
    {
        string[] names = [.. graph.Nodes];
        Route route = graph.FindRoute(Array.IndexOf(names, from), Array.IndexOf(names, to));
        return $"{string.Join(' ', route.Links.Select(link => $"{graph.Links[link].From}-{graph.Links[link].To}"))} {route.Latency.Picoseconds / 1000}";
    }
}
