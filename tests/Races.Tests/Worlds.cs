using HmmSim.Explorer.Configurations;
using HmmSim.Races.Models;

namespace HmmSim.Races.Tests;

/// <summary>Configurations of small worlds.</summary>
internal static class Worlds
{
    private static readonly string[] CpuOperations = ["touch", "write", "unmap"];
    private static readonly string[] DeviceOperations = ["touch", "write", "migrate", "exclusive"];

    /// <summary>A configuration with its defaults set.</summary>
    public static ModelConfiguration Of(string parameters, params (string Actor, string[] Operations)[] scripts)
    {
        ModelConfiguration configuration = new("hmm") { Scripts = [.. scripts.Select(script => new ActorScript(script.Actor, [.. script.Operations]))] };
        foreach (string[] pair in parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')))
        {
            configuration = configuration.With(pair[0], pair[1]);
        }

        return RaceModels.All.Complete(configuration);
    }

    /// <summary>Two CPU threads and two devices, each with every choice at every step, and so many operations in all.</summary>
    public static ModelConfiguration EveryScript(int pages, int operations, string parameters = "")
    {
        string cpu = string.Join(" | ", CpuOperations.SelectMany(word => Enumerable.Range(0, pages).Select(page => $"{word} {page}")).Append("fork"));
        string device = string.Join(" | ", DeviceOperations.SelectMany(word => Enumerable.Range(0, pages).Select(page => $"{word} {page}")).Append("evict"));
        return Of(
            $"devices=2 pages={pages} operations={operations} {parameters}",
            [
                .. new[] { "cpu1", "cpu2", "device1", "device2" }
                    .Select(actor => (actor, Enumerable.Repeat(actor[0] == 'c' ? cpu : device, operations).ToArray())),
            ]);
    }

    /// <summary>A CPU thread and a warp on each of two hosts, with every choice of loads and stores, and so many accesses in all.</summary>
    public static ModelConfiguration TwoHosts(int operations) => Of(
        $"topology=two_hosts operations={operations}",
        [.. new[] { "core1", "warp1", "core2", "warp2" }.Select(actor => (actor, Enumerable.Repeat("touch 0 | write 0", operations).ToArray()))]);

    /// <summary>Scripts of two or three threads, by chance.</summary>
    public static ModelConfiguration Random(Random random)
    {
        int devices = 1 + random.Next(2);
        string[] actors = ["cpu1", .. Enumerable.Range(1, devices).Select(device => $"device{device}")];
        return Of(
            $"devices={devices} device_frames={1 + random.Next(2)} memory_kind={(random.Next(3) == 0 ? "coherent" : "private")} "
            + $"walk_replies={(random.Next(2) == 0 ? "in_order" : "overtaken")}",
            [.. actors.Select(actor => (actor, Enumerable.Range(0, 1 + random.Next(devices == 1 ? 2 : 1)).Select(_ => Operation(random, actor)).ToArray()))]);
    }

    /// <summary>
    /// Two devices that do the same, by their drivers or by their warps, beside a CPU thread; or two CPU threads that do the same
    /// beside a device; by chance.
    /// </summary>
    public static ModelConfiguration RandomSymmetric(Random random)
    {
        bool isOfDevices = random.Next(3) > 0;
        string actor = isOfDevices && random.Next(3) == 0 ? "warp" : "device";
        string device = actor == "device" ? Operation(random, actor) : random.Next(2) == 0 ? "touch 0" : "write 0";
        string cpu = actor == "device" ? Operation(random, "cpu") : random.Next(2) == 0 ? "unmap 0" : "dont_need 0"; // no store beside those of warps
        (string, string[])[] pair = isOfDevices
            ? [($"{actor}1", [device]), ($"{actor}2", [device]), ("cpu1", [cpu])]
            : [("cpu1", [cpu]), ("cpu2", [cpu]), ("device1", [device])];
        (string, string[])[] setup = actor == "device" && random.Next(2) == 0 ? [("setup", ["write 0"])] : [];
        return Of(
            $"devices={(isOfDevices ? 2 : 1)} device_frames={1 + random.Next(2)} memory_kind={(random.Next(3) == 0 ? "coherent" : "private")} "
            + $"walk_replies={(random.Next(2) == 0 ? "in_order" : "overtaken")}",
            [.. setup, .. pair]);
    }

    /// <summary>The model of a configuration.</summary>
    public static HmmModel ModelOf(ModelConfiguration configuration) => (HmmModel)RaceModels.All.Create(configuration);

    private static string Operation(Random random, string actor)
    {
        string[] words = actor[0] == 'c'
            ? [.. CpuOperations.Select(word => $"{word} 0"), "fork", "protect_read 0", "dont_need 0"]
            : [.. DeviceOperations.Select(word => $"{word} 0"), "evict", "return 0"];
        return words[random.Next(words.Length)];
    }
}
