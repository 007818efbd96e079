using System.Security.Cryptography;
using System.Text;

namespace HmmSim.Nodes.Scenarios;

/// <summary>
/// Identity of a scenario: SHA-256 over its canonical text, which holds every value with defaults and presets filled in and the
/// digests of the traces, but neither comments nor layout. Equal digests mean the same run, the same trace hash included.
/// </summary>
/// <param name="Hex">64 lower-case hexadecimal digits.</param>
public readonly record struct ScenarioDigest(string Hex)
{
    /// <summary>The digest of a scenario.</summary>
    public static ScenarioDigest Of(Scenario scenario) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ScenarioWriter.ToYaml(scenario)))));

    /// <summary>The hexadecimal digits.</summary>
    public override string ToString() => Hex;
}
