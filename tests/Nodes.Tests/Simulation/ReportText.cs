using System.Text;
using HmmSim.Nodes.Observation;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>The text of a result without what differs between two runs of a scenario.</summary>
internal static class ReportText
{
    private static readonly RunPerformance NoPerformance = new() { WallTime = TimeSpan.Zero, Lanes = 0, AccessesPerWallSecond = 0, StepsPerWallSecond = 0 };

    private static readonly RunProvenance NoProvenance = new()
    {
        ScenarioName = "", ScenarioFile = "", ScenarioDigest = "", Seed = 0, Version = "", GitCommit = null, CommandLine = [],
    };

    /// <summary>The text.</summary>
    public static string Of(RunReport report)
    {
        using MemoryStream stream = new();
        RunReportWriter.Write(stream, report with { Performance = NoPerformance }, NoProvenance);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
