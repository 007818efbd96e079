using HmmSim.Nodes.Observation;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>Picks figures out of a report by name.</summary>
internal static class ReportFigures
{
    public static ProcessorReport Processor(this RunReport report, string name) => report.Processors.Single(processor => processor.Name == name);

    public static DeviceReport Device(this RunReport report, string name = "gpu0") => report.Devices.Single(device => device.Name == name);

    public static FaultPhaseReport Phase(this RunReport report, FaultPhase phase) => report.FaultPhases.Single(entry => entry.Phase == phase);

    public static long Pages(this RunReport report, MigrationCause cause, MigrationDirection direction) =>
        report.Migrations.Where(entry => entry.Cause == cause && entry.Direction == direction).Sum(entry => entry.Pages);

    public static long Bytes(this RunReport report, MigrationDirection direction) =>
        report.Migrations.Where(entry => entry.Direction == direction).Sum(entry => entry.Bytes);

    /// <summary>Bytes over the links that leave nodes of one kind and enter nodes of another, told apart by the first letters of their names.</summary>
    public static long LinkBytes(this RunReport report, string from, string to) => report.Links
        .Where(link => link.From.StartsWith(from, StringComparison.Ordinal) && link.To.StartsWith(to, StringComparison.Ordinal))
        .Sum(link => link.Bytes);

    public static VirtualTime End(this RunReport report) => report.Totals.VirtualEndTime;
}
