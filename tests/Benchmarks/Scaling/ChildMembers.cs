using System.Diagnostics;
using HmmSim.Nodes.Cluster.Coordination;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Benchmarks.Scaling;

/// <summary>Real members: child processes that run <c>hmmsim node</c>, and this process as the submitter. They end with it.</summary>
internal sealed class ChildMembers : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);

    private readonly List<Process> _processes = [];
    private readonly ClusterNode _submitter;
    private readonly ClusterSimulator _simulator;

    /// <summary>Starts so many members and waits until they can be given work.</summary>
    public ChildMembers(int members)
    {
        ClusterNodeOptions options = new() { Role = ClusterNodeOptions.SubmitterRole, OnSplit = SplitRule.Oldest };
        _submitter = ClusterNode.JoinAsync(options, null, CancellationToken.None).GetAwaiter().GetResult();
        for (int member = 0; member < members; member++)
        {
            _processes.Add(Start(_submitter.Address));
        }

        _simulator = new ClusterSimulator(_submitter, new RunSettings(), note => Meetings = MeetingsIn(note) ?? Meetings);
        _simulator.WaitForMembersAsync(members, StartTimeout, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>How often the members met in the last run, in words.</summary>
    public string Meetings { get; private set; } = "";

    /// <summary>Computing time that the members have used so far, all together.</summary>
    public TimeSpan ProcessorTime => _processes.Aggregate(TimeSpan.Zero, (sum, process) =>
    {
        process.Refresh();
        return sum + process.TotalProcessorTime;
    });

    /// <summary>One run over all members.</summary>
    public RunReport Run(Scenario scenario) => _simulator.Run(scenario, new RunOptions(), new NoProgress(), CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _submitter.DisposeAsync().AsTask().Wait();
    }

    private static Process Start(SeedAddress seed)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardInput = true };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "hmmsim.dll"), "node", "--seeds", seed.ToString(), "--on-split", "oldest", "--until-input-ends",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.RedirectStandardOutput = true;
        Process process = Process.Start(start) ?? throw new InvalidOperationException("cannot start dotnet");
        process.BeginOutputReadLine();
        return process;
    }

    private static string? MeetingsIn(string note) => note.StartsWith("done in ", StringComparison.Ordinal) ? note["done in ".Length..] : null;
}
