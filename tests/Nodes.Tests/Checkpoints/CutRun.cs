using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;
using Xunit.Sdk;

namespace HmmSim.Nodes.Tests.Checkpoints;

/// <summary>Runs a scenario in pieces: at each cut everything is thrown away but the bytes of the cut, and a new system goes on from them.</summary>
internal static class CutRun
{
    private const int WindowsAtMost = 4_000_000;

    /// <summary>Runs to the end; returns the report and how often the run was cut.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="windowsUntilCut">Windows from the begin of a piece to its cut, by piece.</param>
    /// <param name="lanes">Lanes of a piece, by piece.</param>
    public static (RunReport Report, int Cuts) Of(Scenario scenario, Func<int, int> windowsUntilCut, Func<int, int> lanes)
    {
        RunCut? from = null;
        for (int piece = 0; ; piece++)
        {
            using LocalSimulation simulation = new(scenario, lanes(piece), from);
            if (from is not null)
            {
                RequireEqual(from, simulation.Cut());
            }

            if (RunPiece(simulation, windowsUntilCut(piece)) == RunOutcome.Quiescent)
            {
                return (simulation.Report(TimeSpan.FromSeconds(1)), piece);
            }

            from = ThroughBytes(simulation.Cut());
        }
    }

    /// <summary>The cut as a file has it.</summary>
    public static RunCut ThroughBytes(RunCut cut)
    {
        using MemoryStream file = new();
        PartFile.Write(file, cut);
        return PartFile.Read(file.ToArray(), "part");
    }

    /// <summary>Lets so many windows pass.</summary>
    public static RunOutcome RunPiece(LocalSimulation simulation, int windows)
    {
        int passed = 0;
        return simulation.Run(
            new RunLimits { ProgressInterval = 1 },
            _ =>
            {
                if (++passed == windows)
                {
                    simulation.RequestCut();
                }

                if (passed > WindowsAtMost)
                {
                    throw new XunitException($"the run did not end within {WindowsAtMost} windows");
                }
            },
            CancellationToken.None);
    }

    /// <summary>What was saved, loaded and saved again must be the same bytes.</summary>
    private static void RequireEqual(RunCut saved, RunCut again)
    {
        Assert.Equal(saved.States.Keys, again.States.Keys);
        Assert.Equal(saved.Earliest, again.Earliest);
        Assert.Equal(saved.LastStep, again.LastStep);
        foreach (int node in saved.Nodes)
        {
            Assert.True(saved.States[node].AsSpan().SequenceEqual(again.States[node]), $"node {node} is saved differently after it was loaded");
        }
    }
}
