using System.Text;
using HmmSim.Conformance.Systems;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Scripts;

/// <summary>
/// The words of enumerations in script scenarios: lower case with underscores; error numbers by their own names.
/// </summary>
internal static class ScriptWords
{
    public static readonly IReadOnlyDictionary<string, Protections> Protections = Of<Protections>();
    public static readonly IReadOnlyDictionary<string, AreaBacking> Backings = Of<AreaBacking>();
    public static readonly IReadOnlyDictionary<string, DeviceMemoryKind> Devices = Of<DeviceMemoryKind>();
    public static readonly IReadOnlyDictionary<string, FaultSignal> Signals = Of<FaultSignal>();
    public static readonly IReadOnlyDictionary<string, Errno> Errors =
        Enum.GetValues<Errno>().ToDictionary(error => error == Errno.None ? "none" : error.ToString());

    public static readonly IReadOnlyDictionary<string, Advice> Advices =
        Of<Advice>().Where(pair => pair.Value != Advice.None).ToDictionary(pair => pair.Key, pair => pair.Value);

    private static Dictionary<string, T> Of<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => WordOf(value.ToString()));

    private static string WordOf(string name)
    {
        StringBuilder word = new();
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && word.Length > 0)
            {
                word.Append('_');
            }

            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }
}
