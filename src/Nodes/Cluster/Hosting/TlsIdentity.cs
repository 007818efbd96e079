using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Transport.DotNetty;

namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>
/// The one certificate that all members of a cluster share. Each shows it and accepts only it, in both directions; so neither
/// names nor an authority matter, and whoever does not have the file stays out.
/// </summary>
public sealed class TlsIdentity
{
    private readonly X509Certificate2 _certificate;

    private TlsIdentity(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>SHA-1 thumbprint of the certificate, as tools print it.</summary>
    public string Thumbprint => _certificate.Thumbprint;

    /// <summary>Reads a PEM file that holds the certificate and its private key.</summary>
    /// <exception cref="ClusterException">The file is missing, or holds something else, or the certificate has expired.</exception>
    public static TlsIdentity Load(string file)
    {
        try
        {
            X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(file, file);
            if (certificate.NotAfter < DateTime.Now)
            {
                throw new ClusterException(
                    $"the certificate in '{file}' expired on {certificate.NotAfter:yyyy-MM-dd}; make a new one and give it to every member",
                    isInput: true);
            }

            return new TlsIdentity(certificate);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ClusterException(
                $"'{file}' cannot be used for TLS: {exception.Message} "
                + "(expected a PEM file with a certificate and its private key; docs/operations.md shows how to make one)",
                isInput: true);
        }
    }

    internal DotNettySslSetup ToSetup() => new(
        _certificate,
        suppressValidation: false,
        requireMutualAuthentication: true,
        CertificateValidation.PinnedCertificate(_certificate.Thumbprint));
}
