using System.Security.Cryptography;

namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>Finds a trace and takes the digest of its bytes, so that a changed trace is a changed scenario.</summary>
internal static class TraceFile
{
    /// <summary>SHA-256 in lower-case hexadecimal; empty after noting a problem.</summary>
    public static string Digest(string file, string fullPath, SourceMark mark, ProblemList problems)
    {
        try
        {
            // Devices and pipes have no length and might never end.
            if (new FileInfo(fullPath) is not { Exists: true, Length: > 0 })
            {
                string state = File.Exists(fullPath) ? "is empty" : "does not exist";
                problems.Add(mark, $"the trace file '{file}' {state}", "a path relative to the scenario file", Nearest(file, fullPath));
                return "";
            }

            using FileStream stream = File.OpenRead(fullPath);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            problems.Add(mark, $"the trace file '{file}' cannot be read: {exception.GetType().Name}", "a readable file");
            return "";
        }
    }

    private static string? Nearest(string file, string fullPath)
    {
        string folder = Path.GetDirectoryName(fullPath) ?? "";
        if (!Directory.Exists(folder))
        {
            return null;
        }

        IEnumerable<string?> neighbours = Directory.EnumerateFiles(folder).Take(1000).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        string? name = Spelling.Nearest(Path.GetFileName(fullPath), neighbours.OfType<string>());
        return name is null ? null : (Path.GetDirectoryName(file) is { Length: > 0 } inside ? $"{inside}/{name}" : name);
    }
}
