using System.Reflection;
using System.Xml.Linq;

namespace HmmSim.Architecture.Tests;

/// <summary>
/// Who may know whom: <c>Protocol</c> nobody, <c>Nodes</c>, <c>Explorer</c> and <c>Conformance</c> the protocol, <c>Races</c> the
/// explorer and the nodes, <c>Cli</c> all.
/// </summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Protocol"] = [],
        ["Nodes"] = ["Protocol"],
        ["Explorer"] = ["Protocol"],
        ["Conformance"] = ["Protocol", "Nodes"],
        ["Races"] = ["Protocol", "Nodes", "Explorer"],
        ["Cli"] = ["Protocol", "Nodes", "Explorer", "Conformance", "Races"],
    };

    public static TheoryData<string> Projects => [.. SourceTree.Projects];

    [Fact]
    public void Every_project_has_a_rule() =>
        Assert.All(
            SourceTree.Projects,
            project => Assert.True(Allowed.ContainsKey(project), $"src/{project} has no row in {nameof(DependencyTests)}: say what it may know"));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_names_only_what_it_may_know(string project)
    {
        XDocument file = XDocument.Load(SourceTree.ProjectFile(project));
        string[] named =
        [
            .. file.Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value)
                .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))),
        ];
        Assert.Empty(named.Except(Allowed[project]));
    }

    /// <summary>Reads the compiled assemblies, which also shows what comes in through another project.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_references_only_what_it_may_know(string project)
    {
        string[] ours = [.. References(project).Select(reference => reference.Name!).Where(IsOurs)];
        Assert.Empty(ours.Except(Allowed[project].Where(SourceTree.Projects.Contains).Select(AssemblyNameOf)));
    }

    [Fact]
    public void Protocol_references_only_the_runtime()
    {
        string[] foreign =
        [
            .. References("Protocol")
                .Select(reference => reference.Name!)
                .Where(name => !name.StartsWith("System.", StringComparison.Ordinal)),
        ];
        Assert.Empty(foreign);
    }

    [Fact]
    public void Protocol_has_no_package_but_the_analyzer()
    {
        XElement[] packages = [.. XDocument.Load(SourceTree.ProjectFile("Protocol")).Descendants("PackageReference")];
        XElement only = Assert.Single(packages);
        Assert.Equal("Microsoft.CodeAnalysis.BannedApiAnalyzers", only.Attribute("Include")!.Value);
        Assert.Equal("all", only.Attribute("PrivateAssets")!.Value);
    }

    [Fact]
    public void Akka_stays_in_nodes_and_above() =>
        Assert.All(
            SourceTree.Projects.Where(project => project is "Protocol" or "Explorer" or "Conformance" or "Races"),
            project => Assert.DoesNotContain(References(project), reference => reference.Name!.StartsWith("Akka", StringComparison.Ordinal)));

    private static bool IsOurs(string assembly) => assembly.StartsWith("HmmSim.", StringComparison.Ordinal) || assembly == "hmmsim";

    private static string AssemblyNameOf(string project) =>
        XDocument.Load(SourceTree.ProjectFile(project)).Descendants("AssemblyName").Select(name => name.Value).FirstOrDefault($"HmmSim.{project}");

    /// <summary>A project that nothing here depends on is not in the output folder; its project file is checked all the same.</summary>
    private static AssemblyName[] References(string project)
    {
        string file = Path.Combine(AppContext.BaseDirectory, $"{AssemblyNameOf(project)}.dll");
        Assert.True(File.Exists(file) || project == "Explorer", $"{file} is missing: let Architecture.Tests reference src/{project}, directly or through Cli");
        return File.Exists(file) ? Assembly.LoadFrom(file).GetReferencedAssemblies() : [];
    }
}
