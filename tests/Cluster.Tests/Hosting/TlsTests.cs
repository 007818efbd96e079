using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HmmSim.Nodes.Cluster.Hosting;

namespace HmmSim.Cluster.Tests.Hosting;

/// <summary>With TLS, only who has the certificate of the cluster gets in; in both directions.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Only_the_same_certificate_lets_a_process_in()
    {
        TlsIdentity right = Certificate("right", DateTimeOffset.Now.AddDays(1));
        TlsIdentity wrong = Certificate("wrong", DateTimeOffset.Now.AddDays(1));
        await using ClusterNode seed = await ClusterNode.JoinAsync(new ClusterNodeOptions { Tls = right }, null, CancellationToken.None);
        foreach (TlsIdentity? other in new[] { wrong, null })
        {
            ClusterException refusal = await Assert.ThrowsAsync<ClusterException>(() => JoinAsync(seed, other, TimeSpan.FromSeconds(4)));
            Assert.Contains("no cluster has let this process in", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("TLS", refusal.Message, StringComparison.Ordinal);
        }

        await using ClusterNode same = await JoinAsync(seed, right, TimeSpan.FromSeconds(60));
        Assert.Equal(2, Akka.Cluster.Cluster.Get(same.System).State.Members.Count);
    }

    [Fact]
    public async Task A_cluster_without_tls_is_not_joined_with_it()
    {
        await using ClusterNode seed = await ClusterNode.JoinAsync(new ClusterNodeOptions(), null, CancellationToken.None);
        TlsIdentity identity = Certificate("alone", DateTimeOffset.Now.AddDays(1));
        ClusterException refusal = await Assert.ThrowsAsync<ClusterException>(() => JoinAsync(seed, identity, TimeSpan.FromSeconds(4)));
        Assert.Contains(identity.Thumbprint, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_certificate_or_has_expired_is_named()
    {
        string text = Path.Combine(_folder, "text.pem");
        File.WriteAllText(text, "hello");
        Assert.Contains("text.pem", Assert.Throws<ClusterException>(() => TlsIdentity.Load(text)).Message, StringComparison.Ordinal);
        ClusterException expired = Assert.Throws<ClusterException>(() => Certificate("old", DateTimeOffset.Now.AddDays(-1)));
        Assert.Contains("expired", expired.Message, StringComparison.Ordinal);
        Assert.True(expired.IsInput);
    }

    private static Task<ClusterNode> JoinAsync(ClusterNode seed, TlsIdentity? tls, TimeSpan timeout) => ClusterNode.JoinAsync(
        new ClusterNodeOptions { Seeds = [seed.Address], Tls = tls, Timings = new ClusterTimings { JoinTimeout = timeout } }, null, CancellationToken.None);

    private TlsIdentity Certificate(string name, DateTimeOffset until)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.Now.AddDays(-2), until);
        string file = Path.Combine(_folder, $"{name}.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return TlsIdentity.Load(file);
    }
}
