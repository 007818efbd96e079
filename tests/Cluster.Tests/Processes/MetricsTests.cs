using System.Globalization;
using System.Net;
using HmmSim.Nodes.Observation;

namespace HmmSim.Cluster.Tests.Processes;

/// <summary>A member shows over HTTP what it does, in the words that deploy/grafana asks for.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task A_member_counts_what_it_does_and_says_that_it_is_ready()
    {
        using MemberProcess member = await MemberProcess.StartAsync(null, "--metrics-port", "0");
        string line = (await member.ReadLineAsync())!;
        Assert.StartsWith("hmmsim: metrics at http://127.0.0.1:", line, StringComparison.Ordinal);
        Uri metrics = new(line["hmmsim: metrics at ".Length..]);
        using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(30) };
        Assert.Equal("alive\n", await client.GetStringAsync(new Uri(metrics, "/health/live")));
        using HttpResponseMessage ready = await client.GetAsync(new Uri(metrics, "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        using MemberProcess other = await MemberProcess.StartAsync(member.Address);
        await using Submitter submitter = await Submitter.JoinAsync(member.Address, 2);
        RunReport report = await submitter.RunAsync(TestScenario.Chatty(accesses: 200));
        string text = await client.GetStringAsync(metrics);
        Assert.Equal(2, ValueOf(text, "hmmsim_members"));
        Assert.Equal(1, ValueOf(text, "hmmsim_runs_total"));
        Assert.Equal(0, ValueOf(text, "hmmsim_running"));
        Assert.InRange(ValueOf(text, "hmmsim_events_total"), 1, report.Totals.Steps * 4);
        Assert.True(ValueOf(text, "hmmsim_batches_total") >= ValueOf(text, "hmmsim_meetings_total"));
        Assert.True(ValueOf(text, "hmmsim_batch_bytes_total") > ValueOf(text, "hmmsim_batch_events_total"));
        Assert.InRange(ValueOf(text, "hmmsim_lane_utilisation"), 0, 1);

        // Every figure of the dashboard and of the document exists.
        string dashboard = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "grafana", "hmmsim.json"));
        string document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"));
        string[] asked = [.. System.Text.RegularExpressions.Regex.Matches(dashboard + document, "hmmsim_[a-z_]+").Select(match => match.Value).Distinct()];
        Assert.True(asked.Length >= 10);
        Assert.All(asked, name => ValueOf(text, name));
    }

    private static double ValueOf(string text, string name)
    {
        string line = Assert.Single(
            text.Split('\n'),
            line => line.StartsWith($"{name}{{", StringComparison.Ordinal) || line.StartsWith($"{name} ", StringComparison.Ordinal));
        string value = line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Replace(name, "", StringComparison.Ordinal).Trim().Split(' ')[0];
        return double.Parse(value, CultureInfo.InvariantCulture);
    }
}
