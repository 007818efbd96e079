using System.Text.Json;
using System.Text.RegularExpressions;
using HmmSim.Cli;
using HmmSim.Nodes.Simulation;
using YamlDotNet.RepresentationModel;

namespace HmmSim.Cluster.Tests.Deploy;

/// <summary>What can be checked of deploy/ and docs/operations.md without a container engine.</summary>
public sealed partial class DeployTests
{
    private static readonly string Deploy = Path.Combine(Repository.Root, "deploy");

    public static TheoryData<string> YamlFiles => [.. YamlNames];

    private static IEnumerable<string> YamlNames =>
        [.. Directory.EnumerateFiles(Deploy, "*.y*ml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Deploy, file))];

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void Every_yaml_file_is_yaml(string file) => Assert.NotEmpty(Load(file));

    [Fact]
    public async Task Every_command_of_the_files_and_of_the_document_has_only_options_that_exist()
    {
        string[][] commands = [.. CommandsOfYaml(), .. CommandsOfDocument()];
        Assert.True(commands.Length >= 10, $"only {commands.Length} commands found");
        foreach (string[] command in commands)
        {
            Assert.Contains(command[0], (string[])["node", "run", "sweep"]);
            using StringWriter help = new();
            Assert.Equal(0, await HmmSimCommand.RunAsync([command[0], "--help"], () => new ActorSimulator(), help, help));
            Assert.All(command.Where(word => word.StartsWith("--", StringComparison.Ordinal)), option => Assert.Matches($@"(?m){option}\b", help.ToString()));
            Assert.All(
                command.Where(word => word.StartsWith("scenarios/", StringComparison.Ordinal)),
                file => Assert.True(File.Exists(Path.Combine(Repository.Root, file)), $"{file} does not exist"));
        }
    }

    [Fact]
    public void Every_member_is_among_the_seeds_under_its_own_name_and_port()
    {
        YamlMappingNode services = (YamlMappingNode)Load("compose.yaml")[0]["services"];
        string[] members = [.. services.Children.Keys.Select(key => key.ToString()).Where(name => name.StartsWith("node", StringComparison.Ordinal))];
        Assert.Equal(3, members.Length);
        foreach (string member in members)
        {
            string[] command = Words((YamlSequenceNode)services[member]["command"]);
            Assert.Equal(member, ValueOf(command, "--host"));
            Assert.Contains($"{member}:{ValueOf(command, "--port")}", ValueOf(command, "--seeds").Split(','));
        }
    }

    [Fact]
    public void The_stateful_set_names_its_own_pods_as_seeds_and_probes_what_it_opens()
    {
        YamlNode[] objects = Load("kubernetes/cluster.yaml");
        YamlNode set = Assert.Single(objects, each => each["kind"].ToString() == "StatefulSet");
        YamlNode service = Assert.Single(objects, each => each["kind"].ToString() == "Service");
        string name = set["metadata"]["name"].ToString();
        string domain = set["spec"]["serviceName"].ToString();
        Assert.Equal(domain, service["metadata"]["name"].ToString());
        Assert.Equal("None", service["spec"]["clusterIP"].ToString());
        Assert.Equal("true", service["spec"]["publishNotReadyAddresses"].ToString());
        YamlNode container = ((YamlSequenceNode)set["spec"]["template"]["spec"]["containers"])[0];
        string[] command = Words((YamlSequenceNode)container["args"]);
        Assert.Equal($"$(POD_NAME).{domain}", ValueOf(command, "--host"));
        Assert.Equal(Enumerable.Range(0, 3).Select(pod => $"{name}-{pod}.{domain}:{ValueOf(command, "--port")}"), ValueOf(command, "--seeds").Split(','));
        var ports = ((YamlSequenceNode)container["ports"]).ToDictionary(port => port["name"].ToString(), port => port["containerPort"].ToString());
        Assert.Equal(ValueOf(command, "--port"), ports["cluster"]);
        Assert.Equal(ValueOf(command, "--metrics-port"), ports["metrics"]);
        Assert.Equal("metrics", container["readinessProbe"]["httpGet"]["port"].ToString());
        string graceSeconds = set["spec"]["template"]["spec"]["terminationGracePeriodSeconds"].ToString();
        Assert.True(int.Parse(graceSeconds, System.Globalization.CultureInfo.InvariantCulture) > 30);
    }

    [Fact]
    public void The_dashboard_is_json_with_a_query_in_each_panel()
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Deploy, "grafana", "hmmsim.json")));
        JsonElement[] panels = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()];
        Assert.NotEmpty(panels);
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.All(
            panel.GetProperty("targets").EnumerateArray(),
            target => Assert.Contains("hmmsim_", target.GetProperty("expr").GetString(), StringComparison.Ordinal)));
    }

    [Fact]
    public void The_image_is_built_in_two_stages_runs_not_as_root_and_copies_only_what_is_there()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Deploy, "Dockerfile"));
        Assert.Equal(2, lines.Count(line => line.StartsWith("FROM ", StringComparison.Ordinal)));
        Assert.Contains("USER $APP_UID", lines);
        foreach (string source in lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]))
        {
            string path = Path.Combine(Repository.Root, source);
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{source} is copied and does not exist");
            Assert.Contains($"!{source}", File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")));
        }
    }

    private static YamlNode[] Load(string file)
    {
        YamlStream stream = [];
        using StreamReader reader = new(Path.Combine(Deploy, file));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    private static IEnumerable<string[]> CommandsOfYaml() =>
        from file in YamlNames
        from root in Load(file)
        from node in root.AllNodes.OfType<YamlMappingNode>()
        from pair in node.Children
        where pair.Key.ToString() is "command" or "args" && pair.Value is YamlSequenceNode
        select Words((YamlSequenceNode)pair.Value);

    private static IEnumerable<string[]> CommandsOfDocument() =>
        from line in File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operations.md"))
        let match = DocumentCommand().Match(line)
        where match.Success
        select match.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Words(YamlSequenceNode list) => [.. list.Select(word => word.ToString())];

    private static string ValueOf(string[] command, string option) => command[Array.IndexOf(command, option) + 1];

    [GeneratedRegex("^hmmsim (?<words>.+)$")]
    private static partial Regex DocumentCommand();
}
