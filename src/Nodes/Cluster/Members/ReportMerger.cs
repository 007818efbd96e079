using HmmSim.Nodes.Cluster.Wire;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>Makes the report of a run from the reports of its members.</summary>
internal static class ReportMerger
{
    /// <summary>The report; the same as that of a run in one process, except for its speed.</summary>
    /// <param name="scenario">What ran.</param>
    /// <param name="reports">One for each member.</param>
    /// <param name="lanesPerMember">Lanes of each member.</param>
    public static RunReport Merge(Scenario scenario, IReadOnlyList<MemberReport> reports, int lanesPerMember)
    {
        MachineAudit audit = reports.Aggregate(MachineAudit.None, (sum, report) =>
            sum.With(new MachineAudit(report.Violations, report.RamFrames, report.DeviceFrames, report.PageValues)));
        RunReport report = new ReportBuilder(scenario, [.. reports.SelectMany(report => report.Nodes).OrderBy(node => node.Node)], audit).Build(
            TimeSpan.FromSeconds(reports.Max(report => report.WallSeconds)),
            reports.Count * lanesPerMember,
            new VirtualTime(reports.Max(report => report.LastStepPicoseconds)));
        return report with { Performance = report.Performance with { Members = reports.Count } };
    }
}
