namespace HmmSim.Cluster.Tests.Processes;

/// <summary>Three member processes and a submitter, for all tests that leave them as they were.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    internal List<MemberProcess> Members { get; private set; } = [];

    internal Submitter Submitter { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Members = await MemberProcess.StartClusterAsync(3);
        Submitter = await Submitter.JoinAsync(Members[1].Address, 3);
    }

    public async Task DisposeAsync()
    {
        if (Submitter is not null)
        {
            await Submitter.DisposeAsync();
        }

        Members.ForEach(member => member.Dispose());
    }
}
