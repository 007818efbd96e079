using System.Collections.Immutable;
using System.Globalization;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Models;
using HmmSim.Races.Mutants;
using HmmSim.Races.Worlds;

namespace HmmSim.Races;

/// <summary>Makes models of the simulator's own protocol from configurations.</summary>
/// <remarks>
/// Actors: <c>cpu1</c>, <c>cpu2</c> … are processes' threads; <c>device1</c> … too, but their operations mean that device unless they name
/// another; <c>child1</c> … is a thread of the process that the first (second …) fork makes. <c>core1</c>, <c>core2</c> … are CPU threads of a
/// stream of accesses; of two hosts, one on each; <c>warp1</c> … are warps of a device. <c>setup</c> is over before all others begin.
/// </remarks>
public sealed class HmmFamily : IModelFamily
{
    private const string Setup = "setup";
    private const string Devices = "devices";
    private const string Pages = "pages";
    private const string RamFrames = "ram_frames";
    private const string DeviceFrames = "device_frames";
    private const string Kind = "memory_kind";
    private const string Copy = "peer_copy";
    private const string Replies = "walk_replies";
    private const string Shape = "topology";
    private const string Limit = "operations";
    private const string Mutation = "mutation";

    /// <inheritdoc/>
    public string Name => "hmm";

    /// <inheritdoc/>
    public string Summary => "the simulator's own machines: CPU memories and device memories, processes, drivers, processors";

    /// <inheritdoc/>
    public IReadOnlyList<ModelParameter> Parameters { get; } =
    [
        ModelParameter.Choice<Topology>(Shape, "one host with devices, or two hosts with a device each"),
        ModelParameter.Size(Devices, "devices of the one host", 1, 0, 3),
        ModelParameter.Size(Pages, "pages of the address space", 1, 1, 4),
        ModelParameter.Number(RamFrames, "frames of the RAM", 8, 1, 16),
        ModelParameter.Number(DeviceFrames, "frames of each device, and of lent RAM", 2, 1, 16),
        ModelParameter.Choice<DeviceMemoryKind>(Kind, "whether CPUs address the devices' memory"),
        ModelParameter.Choice<PeerCopy>(Copy, "how pages get from device to device"),
        ModelParameter.Choice<ReplyOrder>(Replies, "whether invalidations may overtake the answer to a walk"),
        ModelParameter.Number(Limit, "the most operations of all threads together; 0 for all", 0, 0, 100),
        ModelParameter.Choice(Mutation, "a seeded bug", ["none", .. MutantCatalogue.All.Select(mutant => mutant.Name)]),
    ];

    /// <inheritdoc/>
    public string? ScriptExample => "cpu1: [touch 0, unmap 0]";

    /// <inheritdoc/>
    public IModel Create(ModelConfiguration configuration) =>
        Create(MachineTables.Of(SpecOf(configuration), configuration.Text(Mutation)), configuration);

    /// <summary>The same with a lower page.</summary>
    public IEnumerable<string> SimplerOperations(string operation)
    {
        string[] words = operation.Split(' ');
        return words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int page)
            ? Enumerable.Range(0, page).Select(lower => string.Join(' ', [words[0], lower.ToString(CultureInfo.InvariantCulture), .. words[2..]]))
            : [];
    }

    private static HmmModel Create(MachineTable table, ModelConfiguration configuration)
    {
        WorldSpec spec = table.World.Spec;
        ImmutableArray<WorldThread> threads = [.. configuration.Scripts.Where(script => script.Actor != Setup).Select(script => ThreadOf(script, spec))];
        if (threads.Length is 0 or > ThreadWord.MaxThreads || threads.Any(thread => thread.Steps.Length > MostSteps))
        {
            throw new ConfigurationException(
                "scripts",
                $"{threads.Length} threads with up to {threads.Select(thread => thread.Steps.Length).DefaultIfEmpty().Max()} operations",
                $"1 to {ThreadWord.MaxThreads} threads of at most {MostSteps} operations");
        }

        if (threads.FirstOrDefault(thread => thread.Kind != ThreadKind.Process && thread.Alternatives > ThreadWord.MaxProcessorChoices) is { } choosy)
        {
            throw new ConfigurationException(
                $"scripts.{choosy.Name}",
                $"a step chooses from {choosy.Alternatives} operations",
                $"at most {ThreadWord.MaxProcessorChoices} for a processor");
        }

        Operation[] setup =
        [
            .. configuration.Scripts.Where(script => script.Actor == Setup).SelectMany(script => script.Operations)
                .Select(text => OperationText.Parse(text, Setup, spec.Pages, spec.Devices, ownDevice: 0)),
        ];
        CheckStores(threads, setup);
        int limit = configuration.Number(Limit);
        return limit == 0 && threads.All(thread => thread.Alternatives == 1)
            ? new HmmActorModel(table, threads, setup)
            : new HmmModel(table, threads, setup, limit);
    }

    private const int MostSteps = 20;

    /// <summary>Stores of processors count a page's versions from 0; a store of a process gives it a value of its own.</summary>
    private static void CheckStores(ImmutableArray<WorldThread> threads, Operation[] setup)
    {
        IEnumerable<int> StoredBy(Func<ThreadKind, bool> kinds) => threads.Where(thread => kinds(thread.Kind))
            .SelectMany(thread => thread.Steps.SelectMany(step => step))
            .Where(operation => operation.Kind == OperationKind.Write)
            .Select(operation => operation.Page);
        int[] mixed =
        [
            .. StoredBy(kind => kind != ThreadKind.Process)
                .Intersect(StoredBy(kind => kind == ThreadKind.Process)
                    .Concat(setup.Where(operation => operation.Kind == OperationKind.Write).Select(operation => operation.Page))),
        ];
        if (mixed.Length > 0)
        {
            throw new ConfigurationException(
                "scripts", $"page {mixed[0]} is stored to by a processor and by a process", "pages that only the one or the other stores to");
        }
    }

    private static WorldSpec SpecOf(ModelConfiguration configuration)
    {
        Topology topology = configuration.Word<Topology>(Shape);
        return new WorldSpec(
            topology,
            topology == Topology.TwoHosts ? 0 : configuration.Number(Devices),
            configuration.Number(Pages),
            configuration.Number(RamFrames),
            configuration.Number(DeviceFrames),
            configuration.Word<DeviceMemoryKind>(Kind),
            configuration.Word<PeerCopy>(Copy),
            configuration.Word<ReplyOrder>(Replies));
    }

    private static WorldThread ThreadOf(ActorScript script, WorldSpec spec)
    {
        string prefix = script.Actor.TrimEnd("0123456789".ToCharArray());
        bool isNumbered = int.TryParse(script.Actor.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0;
        bool isTwoHosts = spec.Topology == Topology.TwoHosts;
        int devices = isTwoHosts ? 2 : spec.Devices;
        (ThreadKind Kind, int Machine, int Space)? place = (prefix, isNumbered) switch
        {
            ("cpu", true) => (ThreadKind.Process, 0, 0),
            ("device", true) when number <= spec.Devices => (ThreadKind.Process, 0, 0),
            ("child", true) => (ThreadKind.Process, 0, number),
            ("core", true) when number == 1 || !isTwoHosts => (ThreadKind.Core, 0, 0),
            ("core", true) when number == 2 => (ThreadKind.Warp, 3, 0),
            ("warp", true) when number <= devices => (ThreadKind.Warp, number, 0),
            _ => null,
        };
        if (place is not { } found)
        {
            throw new ConfigurationException(
                $"scripts.{script.Actor}",
                $"'{script.Actor}' is no actor of this world",
                isTwoHosts
                    ? "setup, cpu1 …, core1, core2, warp1, warp2, or child1 …"
                    : $"setup, cpu1 …, child1 …, core1 …, device1 to device{devices}, or warp1 to warp{devices}");
        }

        int ownDevice = prefix == "device" ? number : 0;
        return new WorldThread(script.Actor, found.Kind, found.Machine, new AddressSpaceId((ushort)found.Space),
        [
            .. script.Operations.Select(step => step.Split('|')
                .Select(text => Checked(OperationText.Parse(text, script.Actor, spec.Pages, spec.Devices, ownDevice), found, script.Actor, text))
                .ToImmutableArray()),
        ]);
    }

    private static Operation Checked(Operation operation, (ThreadKind Kind, int Machine, int Space) place, string actor, string text) =>
        operation.Kind == OperationKind.Open && place.Space == 0
            ? throw new ConfigurationException(
                $"scripts.{actor}",
                $"'{text.Trim()}' is for children: the devices that others use are open from the beginning",
                "an actor such as child1")
        : place.Kind == ThreadKind.Process || operation is { Kind: OperationKind.Touch or OperationKind.Write, Device: 0 }
            ? operation
            : throw new ConfigurationException(
                $"scripts.{actor}", $"'{text.Trim()}' is nothing that a processor does", "touch or write and a page, such as 'write 0'");
}
