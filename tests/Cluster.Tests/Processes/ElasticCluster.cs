using HmmSim.Nodes.Cluster.Hosting;

namespace HmmSim.Cluster.Tests.Processes;

/// <summary>Member processes, as many as the test at hand wants, and a submitter.</summary>
public sealed class ElasticCluster : IAsyncLifetime
{
    private readonly List<MemberProcess> _members = [];

    internal Submitter Submitter { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _members.Add(await MemberProcess.StartAsync(null));
        Submitter = await Submitter.JoinAsync(_members[0].Address, 1);
    }

    /// <summary>Starts or ends members until there are so many, at least one.</summary>
    internal async Task ResizeAsync(int members)
    {
        while (_members.Count > members)
        {
            Kill(_members[^1].Address);
        }

        SeedAddress seed = _members[0].Address;
        _members.AddRange(await Task.WhenAll(Enumerable.Range(_members.Count, members - _members.Count).Select(_ => MemberProcess.StartAsync(seed))));
        await Submitter.WaitForMembersAsync(members);
    }

    /// <summary>Kills a member during a run; the cluster need not wait for its silence.</summary>
    internal void Kill(SeedAddress address)
    {
        MemberProcess member = _members.Single(member => member.Address == address);
        _members.Remove(member);
        member.Dispose();
        Submitter.Remove(address);
    }

    public async Task DisposeAsync()
    {
        if (Submitter is not null)
        {
            await Submitter.DisposeAsync();
        }

        _members.ForEach(member => member.Dispose());
    }
}
