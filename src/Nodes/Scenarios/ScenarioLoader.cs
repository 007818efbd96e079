using System.Text;
using HmmSim.Nodes.Scenarios.Loading;

namespace HmmSim.Nodes.Scenarios;

/// <summary>Reads scenario files. Whatever is wrong with one is told in a single <see cref="ScenarioException"/>.</summary>
public static class ScenarioLoader
{
    // A scenario of thousands of devices has a few megabytes; more is a mistake such as naming a trace.
    private const long FileBytesAtMost = 16 << 20;

    /// <summary>Reads and checks a scenario file.</summary>
    /// <param name="file">Path of the file; messages name it as it is given.</param>
    /// <exception cref="ScenarioException">The file cannot be read or something in it is wrong.</exception>
    public static Scenario Load(string file)
    {
        ProblemList problems = new();
        string text = ReadText(file, problems);
        problems.ThrowIfAny(file);
        return Parse(text, file, Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
    }

    /// <summary>Checks the text of a scenario.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="folder">The folder that paths in the text start from.</param>
    /// <exception cref="ScenarioException">Something in the text is wrong.</exception>
    public static Scenario Parse(string text, string file, string folder)
    {
        ProblemList problems = new();
        YamlNode? root = YamlTree.Read(text, problems);
        problems.ThrowIfAny(file);
        Scenario scenario = new ScenarioBinder(problems, Path.GetFullPath(folder)).Bind(root!);
        problems.ThrowIfAny(file);
        return scenario;
    }

    private static string ReadText(string file, ProblemList problems)
    {
        try
        {
            FileInfo info = new(file);
            if (!info.Exists)
            {
                bool folder = Directory.Exists(file);
                problems.Add(SourceMark.Start, folder ? "this is a folder" : "the file does not exist", "a scenario file such as scenarios/quickstart.yaml");
                return "";
            }

            if (info.Length > FileBytesAtMost)
            {
                problems.Add(SourceMark.Start, $"the file has {info.Length} bytes", $"a YAML file of at most {FileBytesAtMost}");
                return "";
            }

            return File.ReadAllText(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException)
        {
            problems.Add(SourceMark.Start, "the file is not UTF-8 text", "a YAML file");
            return "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(SourceMark.Start, $"the file cannot be read: {exception.Message}");
            return "";
        }
    }
}
