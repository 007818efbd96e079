using System.Collections.Immutable;
using HmmSim.Nodes.Cluster.Wire;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>A scenario in the form in which it travels: canonical text, and recorded traces named by their digests.</summary>
internal sealed class RunJob
{
    private readonly Dictionary<string, string> _paths;

    /// <summary>The job of a scenario.</summary>
    public RunJob(Scenario scenario)
    {
        Scenario = scenario;
        _paths = scenario.Streams.Select(stream => stream.Pattern).OfType<TracePattern>()
            .DistinctBy(trace => trace.ContentDigest)
            .ToDictionary(trace => trace.ContentDigest, trace => trace.FullPath, StringComparer.Ordinal);
        Files = [.. _paths.Select(file => new TraceFileName { Digest = file.Key, Bytes = new FileInfo(file.Value).Length })];
        Text = ScenarioWriter.ToYaml(scenario with
        {
            Streams = [.. scenario.Streams.Select(stream => stream.Pattern is TracePattern trace
                ? stream with { Pattern = trace with { File = trace.ContentDigest } }
                : stream)],
        });
    }

    /// <summary>What is to run.</summary>
    public Scenario Scenario { get; }

    /// <summary>Its canonical text.</summary>
    public string Text { get; }

    /// <summary>The recorded traces it needs.</summary>
    public ImmutableArray<TraceFileName> Files { get; }

    /// <summary>Reads a piece of a recorded trace.</summary>
    /// <exception cref="IOException">The file has gone or has become shorter.</exception>
    public byte[] Read(string digest, long offset, int bytesAtMost)
    {
        using FileStream file = File.OpenRead(_paths[digest]);
        file.Seek(offset, SeekOrigin.Begin);
        byte[] piece = new byte[(int)Math.Min(bytesAtMost, Math.Max(0, file.Length - offset))];
        file.ReadExactly(piece);
        return piece.Length > 0 ? piece : throw new EndOfStreamException($"{_paths[digest]} has become shorter during the run");
    }
}
