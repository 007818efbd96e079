using System.Text.RegularExpressions;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cluster.Tests.Processes;

/// <summary>A run with checkpoints that loses members goes back to the last complete one, not to time zero, and ends with the same result.</summary>
public sealed partial class RecoveryTests : IDisposable
{
    private static readonly Scenario Chatty = TestScenario.Chatty(accesses: 24_000);
    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-recovery-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_member_that_is_killed_costs_only_the_time_since_the_last_checkpoint()
    {
        List<MemberProcess> members = await MemberProcess.StartClusterAsync(3);
        try
        {
            await using Submitter submitter = await Submitter.JoinAsync(members[0].Address, 3);
            int taken = 0;
            CheckpointSettings settings = SettingsFor(CheckpointStores.Open(Path.Combine(_folder, "saved")), _ =>
            {
                if (++taken == 3)
                {
                    members[1].Signal("KILL");
                }
            });
            RunReport report = await submitter.RunAsync(Chatty, checkpoints: settings);
            Assert.Equal(LocalRun.Of(Chatty).Totals.TraceHash, report.Totals.TraceHash);
            Assert.True(report.Passed);
            Assert.Equal(2, report.Performance.Members);
            Assert.True(ResumedAt(submitter, out int checkpoint) > 0);
            Assert.True(checkpoint >= 3, $"went on from checkpoint {checkpoint}");
            Assert.Contains(submitter.Notes, note => note.EndsWith("goes back to its last checkpoint", StringComparison.Ordinal));
        }
        finally
        {
            members.ForEach(member => member.Dispose());
        }
    }

    [Fact]
    public async Task Kills_during_a_checkpoint_and_of_the_oldest_during_the_recovery_leave_one_member_and_the_same_result()
    {
        List<MemberProcess> members = await MemberProcess.StartClusterAsync(3);
        try
        {
            await using Submitter submitter = await Submitter.JoinAsync(members[1].Address, 3);
            int killed = 0;
            submitter.Noted = note =>
            {
                if (note.StartsWith("goes on from", StringComparison.Ordinal) && Interlocked.CompareExchange(ref killed, 2, 1) == 1)
                {
                    members[0].Signal("KILL");
                    submitter.Remove(members[0].Address);
                }
            };
            WatchedStore store = new(CheckpointStores.Open(Path.Combine(_folder, "saved")), number =>
            {
                if (number == 2 && Interlocked.CompareExchange(ref killed, 1, 0) == 0)
                {
                    members[2].Signal("KILL");
                    submitter.Remove(members[2].Address);
                }
            });
            RunReport report = await submitter.RunAsync(Chatty, checkpoints: SettingsFor(store, _ => { }));
            Assert.Equal(LocalRun.Of(Chatty).Totals.TraceHash, report.Totals.TraceHash);
            Assert.True(report.Passed);
            Assert.Equal((2, 1), (killed, report.Performance.Members));
            Assert.True(ResumedAt(submitter, out _) > 0);
        }
        finally
        {
            members.ForEach(member => member.Dispose());
        }
    }

    private static CheckpointSettings SettingsFor(ICheckpointStore store, Action<string> note) =>
        new() { Store = store, Every = TimeSpan.FromMilliseconds(100), LargestPauseShare = 1, Note = note };

    /// <summary>The virtual time, in any unit, of the checkpoint that the run first went back to.</summary>
    private static double ResumedAt(Submitter submitter, out int checkpoint)
    {
        Match match = submitter.Notes.Select(note => Resumption().Match(note)).First(match => match.Success);
        checkpoint = int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        return double.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^goes on from checkpoint (\d+) at ([\d.]+) [a-z]+ of virtual time")]
    private static partial Regex Resumption();
}
