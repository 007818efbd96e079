namespace HmmSim.Tests.Shared;

/// <summary>The checkout the tests run in.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Cluster.sln, found upwards from the test assembly.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds Cluster.sln");
    }
}
