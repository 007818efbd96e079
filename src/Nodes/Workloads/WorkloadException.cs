namespace HmmSim.Nodes.Workloads;

/// <summary>The description of a workload cannot be executed.</summary>
public sealed class WorkloadException(string workload, string field, string problem)
    : Exception($"workload '{workload}', field {field}: {problem}")
{
    /// <summary>Name of the workload.</summary>
    public string Workload { get; } = workload;

    /// <summary>The offending field, spelled as the property of the description.</summary>
    public string Field { get; } = field;
}
