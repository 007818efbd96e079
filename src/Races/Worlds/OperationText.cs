using System.Globalization;
using HmmSim.Explorer.Configurations;

namespace HmmSim.Races.Worlds;

/// <summary>Operations as they stand in race files: <c>touch 0</c>, <c>migrate 1 device2</c>, or a choice: <c>touch 0 | unmap 0</c>.</summary>
internal static class OperationText
{
    private const string DevicePrefix = "device";
    private static readonly IReadOnlyList<string> Words = EnumWord.All<OperationKind>();

    /// <summary>The text of an operation.</summary>
    public static string Of(Operation operation)
    {
        string page = Operation.NamesPage(operation.Kind) ? string.Create(CultureInfo.InvariantCulture, $" {operation.Page}") : "";
        string device = operation.Device > 0 ? string.Create(CultureInfo.InvariantCulture, $" {DevicePrefix}{operation.Device}") : "";
        return $"{EnumWord.Of(operation.Kind)}{page}{device}";
    }

    /// <summary>An operation of an actor.</summary>
    /// <param name="text">One operation.</param>
    /// <param name="actor">The actor, for messages.</param>
    /// <param name="pages">Pages there are.</param>
    /// <param name="devices">Devices there are.</param>
    /// <param name="ownDevice">The device an operation means that names none; 0 for none.</param>
    /// <exception cref="ConfigurationException">It is no operation.</exception>
    public static Operation Parse(string text, string actor, int pages, int devices, int ownDevice)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string word = words.Length > 0 ? words[0] : "";
        OperationKind kind = EnumWord.Find<OperationKind>(word) ?? throw new ConfigurationException(
            $"scripts.{actor}", $"'{text}' is no operation", $"one of {string.Join(", ", Words)}, and a page such as 'touch 0'", NearestWord.Of(word, Words));
        int at = 1;
        int page = 0;
        if (Operation.NamesPage(kind)
            && (at == words.Length
                || !int.TryParse(words[at++], NumberStyles.None, CultureInfo.InvariantCulture, out page)
                || page >= pages))
        {
            throw new ConfigurationException($"scripts.{actor}", $"'{text}' names no page", $"a page from 0 to {pages - 1}, such as '{word} 0'");
        }

        int device = ownDevice;
        if (at < words.Length
            && (!words[at].StartsWith(DevicePrefix, StringComparison.Ordinal)
                || !int.TryParse(words[at++].AsSpan(DevicePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out device)
                || device < 1
                || device > devices))
        {
            throw new ConfigurationException($"scripts.{actor}", $"'{text}' names no device", $"one from device1 to device{devices}");
        }

        bool mayUseDevice = Operation.IsForDriver(kind) || kind is OperationKind.Touch or OperationKind.Write;
        return at < words.Length
                ? throw new ConfigurationException(
                    $"scripts.{actor}", $"'{text}' has a word too many: '{words[at]}'", $"'{string.Join(' ', words[..at])}'")
            : Operation.IsForDriver(kind) && device == 0
                ? throw new ConfigurationException(
                    $"scripts.{actor}",
                    $"'{text}' names no device",
                    $"a device after it, such as '{text} device1', or an actor such as device1")
            : new Operation(kind, page, mayUseDevice ? device : 0) { PageCount = kind == OperationKind.MigrateAll ? pages : 1 };
    }
}
