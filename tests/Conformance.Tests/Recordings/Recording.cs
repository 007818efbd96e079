using System.IO.Compression;
using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Tests.Recordings;

/// <summary>The recorded traces of the checkout.</summary>
internal static class Recording
{
    public const string Private = "traces.jsonl.gz";
    public const string Coherent = "coherent.jsonl.gz";

    /// <summary>Path of a recorded file.</summary>
    public static string PathOf(string name) => Path.Combine(Repository.Root, "tests", "Conformance.Tests", "Recordings", name);

    /// <summary>The text of a recorded file.</summary>
    public static byte[] Read(string name)
    {
        using GZipStream stream = new(File.OpenRead(PathOf(name)), CompressionMode.Decompress);
        using MemoryStream text = new();
        stream.CopyTo(text);
        return text.ToArray();
    }

    /// <summary>All scripts of a recorded file.</summary>
    public static IReadOnlyList<TraceScript> Scripts(string name) => [.. new TraceReader(new MemoryStream(Read(name)), name).ReadScripts()];

    /// <summary>One script of a recorded file.</summary>
    public static TraceScript Script(string name, string id) => Scripts(name).Single(script => script.Id == id);
}
