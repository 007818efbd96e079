using System.Text.RegularExpressions;

namespace HmmSim.Architecture.Tests;

/// <summary>What documents name in the code is there.</summary>
public sealed partial class DocumentsReferenceTests
{
    private const string Dependencies = "docs/dependencies.md";

    [Fact]
    public void Every_test_that_a_document_names_exists()
    {
        HashSet<string> tests =
        [
            .. SourceTree.SourceFiles("tests").SelectMany(file => file.Lines)
                .Select(line => TestMethod().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value),
        ];
        var named = (from file in DocumentsRepository.MarkdownFiles
                     from line in DocumentsRepository.Prose(file)
                     from Match match in TestName().Matches(line.Text)
                     select (Place: $"{file}:{line.Number}", Name: match.Groups["name"].Value)).ToList();
        Assert.NotEmpty(named);
        DocumentsRepository.Report(named
            .Where(test => !tests.Contains(test.Name))
            .Select(test => $"{test.Place} names the test {test.Name}, which does not exist"));
    }

    [Fact]
    public void Every_package_is_explained_once_and_no_other()
    {
        string[] pinned =
        [
            .. DocumentsRepository.Lines("Directory.Packages.props").Select(line => PackageVersion().Match(line))
                .Where(match => match.Success).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal),
        ];
        string[] explained =
        [
            .. DocumentsRepository.Prose(Dependencies).Select(line => PackageRow().Match(line.Text))
                .Where(match => match.Success).Select(match => match.Groups["name"].Value)
                .Where(name => name != "package").Order(StringComparer.Ordinal),
        ];
        Assert.NotEmpty(pinned);
        Assert.Equal(pinned, explained);
    }

    [GeneratedRegex(@"^    public (async )?(void|Task) (?<name>\w+)\(")]
    private static partial Regex TestMethod();

    // A sentence with underscores that begins with a capital letter.
    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){3,})`")]
    private static partial Regex TestName();

    [GeneratedRegex("<PackageVersion Include=\"(?<name>[^\"]+)\"")]
    private static partial Regex PackageVersion();

    [GeneratedRegex(@"^\| (?<name>[A-Za-z][\w.]*) \|")]
    private static partial Regex PackageRow();
}
