using System.Buffers.Binary;
using System.Runtime.InteropServices;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Symmetry;

namespace HmmSim.Explorer.Samples;

/// <summary>
/// Exclusive migration of pages between a CPU and devices, run by a home that knows each page's owner and queues requests
/// (PMIG-S). Every write makes a new version of the page, so a lost write shows as a version that was written twice.
/// </summary>
/// <remarks>
/// <para>A sample: it shows actors, channels, scripts and the symmetry of some of the agents, and its counts prove the engines.
/// It is not the protocol of the simulator.</para>
/// <para>Agent 0 is the CPU, the others are devices. Each agent has three channels: requests to the home, responses to recalls
/// (apart, so that an eviction and the answer to a recall may cross) and down from the home. A transition is the next operation
/// of a script or the delivery of the oldest message of a channel.</para>
/// </remarks>
public readonly struct PageMigrationModel : IReducibleModel, ISymmetricModel, INarratedModel
{
    /// <summary>Position of the property that a page has at most one holder.</summary>
    public const int SingleHolder = 0;

    /// <summary>Position of the property that a run ends only when all scripts are done.</summary>
    public const int DeadlockFreedom = 1;

    /// <summary>Position of the property that no version of a page is written twice before its first unmapping.</summary>
    public const int NoLostWrite = 2;

    /// <summary>
    /// Position of the property that in the end pages have an owner if and only if an agent holds them, and nothing is under way
    /// or queued.
    /// </summary>
    public const int NoLeak = 3;

    /// <summary>Position of the property that the home waits for every answer to a recall that arrives.</summary>
    public const int NoUnhandledMessage = 4;

    // Transition numbers are (kind of process) * (number of agents) + agent. This order, with the home's inputs last, lets
    // source-DPOR break off no run of the correct protocol; with an agent's processes side by side it breaks off up to 8 %.
    internal const int ProcessesPerAgent = 4;
    internal const int OperationProcess = 0;
    internal const int DownProcess = 1;
    internal const int RequestProcess = 2;
    internal const int ResponseProcess = 3;

    private static readonly string[] PropertyNames =
        ["single holder", ModelProperty.DeadlockFreedom, "no lost write", ModelProperty.NoLeakAtQuiescence,
            ModelProperty.NoUnhandledMessage];

    private readonly PageOperation[][] _scripts;
    private readonly PageMigrationLayout _layout;
    private readonly PageMigrationHome _home;
    private readonly int[][] _permutations;

    /// <param name="scripts">Script of each agent, see <see cref="PageOperation.ParseScripts"/>; the CPU's first; 2 to 8
    /// agents.</param>
    /// <param name="mutation">A seeded bug.</param>
    /// <exception cref="FormatException">A script is malformed.</exception>
    /// <exception cref="ArgumentException">There are too few or too many agents, or too many touches.</exception>
    public PageMigrationModel(string scripts, PageMigrationMutation mutation = PageMigrationMutation.None)
    {
        _scripts = PageOperation.ParseScripts(scripts);
        if (_scripts.Length is < 2 or > 8)
        {
            throw new ArgumentException(
                $"'{scripts}' has {_scripts.Length} agents, expected 2 to 8 (the CPU and its devices, separated by slashes)",
                    nameof(scripts));
        }

        int pages = _scripts.SelectMany(script => script).Select(operation => operation.Page + 1).DefaultIfEmpty(1).Max();
        if (_scripts.SelectMany(script => script)
            .Count(operation => operation.Kind == PageOperationKind.Touch) > PageMigrationLayout.MaxVersion)
        {
            throw new ArgumentException(
                $"'{scripts}' has more than {PageMigrationLayout.MaxVersion} touches, the most versions whose writers a state "
                    + "remembers", nameof(scripts));
        }

        _layout = new PageMigrationLayout(_scripts.Length, pages);
        _home = new PageMigrationHome(_layout, mutation);
        _permutations = AgentPermutations.OfEqualDevices(_scripts);
    }

    /// <inheritdoc/>
    public int StateWords => _layout.Words;

    /// <inheritdoc/>
    public int InitialStateCount => 1;

    /// <inheritdoc/>
    public int TransitionCount => _scripts.Length * ProcessesPerAgent;

    /// <inheritdoc/>
    public int MaxEnabled => TransitionCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> Properties => PropertyNames;

    /// <summary>The agents and the home.</summary>
    public int ActorCount => _scripts.Length + 1;

    /// <inheritdoc/>
    public int PermutationCount => _permutations.Length;

    /// <summary>The agents, the CPU first, and the home.</summary>
    public IReadOnlyList<string> ActorNames => PageMigrationText.ActorNames(_layout);

    /// <inheritdoc/>
    public void WriteInitialState(int index, Span<ulong> state) => state.Clear();

    /// <inheritdoc/>
    public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
    {
        int count = 0;
        for (int transition = 0; transition < TransitionCount; transition++)
        {
            if (PendingCount(state, transition) > 0)
            {
                transitions[count++] = transition;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public int PendingCount(ReadOnlySpan<ulong> state, int transition)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(state);
        int agent = transition % _scripts.Length;
        return (transition / _scripts.Length) switch
        {
            OperationProcess => bytes[_layout.Pending(agent)] == 0
                && bytes[_layout.ProgramCounter(agent)] < _scripts[agent].Length ? 1 : 0,
            DownProcess => PageChannel.Count(bytes[_layout.Down(agent)..], _layout.DownCapacity),
            RequestProcess => PageChannel.Count(bytes[_layout.Requests(agent)..], _layout.RequestCapacity),
            _ => PageChannel.Count(bytes[_layout.Responses(agent)..], _layout.ResponseCapacity),
        };
    }

    /// <inheritdoc/>
    public int ActorOf(int transition) =>
        transition / _scripts.Length is OperationProcess or DownProcess ? transition % _scripts.Length : _scripts.Length;

    /// <summary>Scripts are finite, and an access is complete with the grant.</summary>
    public bool EveryRunEnds => true;

    /// <summary>A script goes on only by its agent's own step; any channel may be filled by its sender at any time.</summary>
    public bool WaitsForItsActor(ReadOnlySpan<ulong> state, int transition) => transition / _scripts.Length == OperationProcess;

    /// <summary>Whether the transition changes which pages an agent holds.</summary>
    public bool IsVisible(ReadOnlySpan<ulong> state, int transition)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(state);
        int agent = transition % _scripts.Length;
        return (transition / _scripts.Length) switch
        {
            OperationProcess => _scripts[agent][bytes[_layout.ProgramCounter(agent)]].Kind == PageOperationKind.Evict,
            DownProcess => PageChannel.Read(bytes[_layout.Down(agent)..], 0)
                .Kind is PageMessageKind.Grant or PageMessageKind.Recall,
            _ => false,
        };
    }

    /// <inheritdoc/>
    public void Apply(Span<ulong> state, int transition)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(state);
        int agent = transition % _scripts.Length;
        switch (transition / _scripts.Length)
        {
            case OperationProcess:
                Operate(bytes, agent);
                break;
            case DownProcess:
                Receive(bytes, agent, PageChannel.Take(bytes[_layout.Down(agent)..], _layout.DownCapacity));
                break;
            case RequestProcess:
                _home.Receive(bytes, agent, PageChannel.Take(bytes[_layout.Requests(agent)..], _layout.RequestCapacity));
                break;
            default:
                _home.Receive(bytes, agent, PageChannel.Take(bytes[_layout.Responses(agent)..], _layout.ResponseCapacity));
                break;
        }
    }

    /// <inheritdoc/>
    public int FindViolation(ReadOnlySpan<ulong> state)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(state);
        for (int page = 0; page < _layout.Pages; page++)
        {
            int holders = 0;
            for (int agent = 0; agent < _scripts.Length; agent++)
            {
                holders += bytes[_layout.Holding(agent, page) + PageMigrationLayout.Held] != 0 ? 1 : 0;
            }

            if (holders > 1)
            {
                return SingleHolder;
            }

            if (bytes[_layout.Home(page) + PageMigrationLayout.UnhandledMessage] != 0)
            {
                return NoUnhandledMessage;
            }
        }

        return ModelProperty.None;
    }

    /// <inheritdoc/>
    public int FindTerminalViolation(ReadOnlySpan<ulong> state)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(state);
        for (int agent = 0; agent < _scripts.Length; agent++)
        {
            if (bytes[_layout.ProgramCounter(agent)] < _scripts[agent].Length)
            {
                return DeadlockFreedom;
            }
        }

        for (int page = 0; page < _layout.Pages; page++)
        {
            int versions = 0;
            for (int agent = 0; agent < _scripts.Length; agent++)
            {
                int holding = _layout.Holding(agent, page);
                int mine = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(holding + PageMigrationLayout.WrittenVersions)..]);
                if (bytes[holding + PageMigrationLayout.WroteTwice] != 0 || (versions & mine) != 0)
                {
                    return NoLostWrite;
                }

                versions |= mine;
            }
        }

        return HasLeak(state, bytes) ? NoLeak : ModelProperty.None;
    }

    /// <inheritdoc/>
    public void Permute(int permutation, ReadOnlySpan<ulong> source, Span<ulong> target) =>
        AgentPermutations.Permute(_layout, _permutations[permutation], MemoryMarshal.AsBytes(source),
            MemoryMarshal.AsBytes(target));

    /// <inheritdoc/>
    public int PermuteTransition(int permutation, int transition) =>
        (transition / _scripts.Length * _scripts.Length) + _permutations[permutation][transition % _scripts.Length];

    /// <inheritdoc/>
    public void Canonicalize(Span<ulong> state) => Canonical.ByEnumeration(this, state);

    /// <inheritdoc/>
    public string DescribeState(ReadOnlySpan<ulong> state) => PageMigrationText.State(_layout, MemoryMarshal.AsBytes(state));

    /// <inheritdoc/>
    public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) =>
        PageMigrationText.Transition(_layout, _scripts, MemoryMarshal.AsBytes(state), transition);

    /// <inheritdoc/>
    public StepNarrative NarrateStep(ReadOnlySpan<ulong> state, int transition) =>
        PageMigrationText.Step(_layout, _scripts, MemoryMarshal.AsBytes(state), transition);

    /// <inheritdoc/>
    public IReadOnlyList<StateField> DescribeFields(ReadOnlySpan<ulong> state) =>
        PageMigrationText.Fields(_layout, MemoryMarshal.AsBytes(state));

    /// <summary>The next operation of an agent's script.</summary>
    private void Operate(Span<byte> bytes, int agent)
    {
        PageOperation operation = _scripts[agent][bytes[_layout.ProgramCounter(agent)]];
        ref byte held = ref bytes[_layout.Holding(agent, operation.Page) + PageMigrationLayout.Held];
        switch (operation.Kind)
        {
            case PageOperationKind.Touch when held != 0:
                Write(bytes, agent, operation.Page, held);
                bytes[_layout.ProgramCounter(agent)]++;
                break;
            case PageOperationKind.Touch:
                Request(bytes, agent, new PageMessage(PageMessageKind.Fault, operation.Page, 0));
                break;
            case PageOperationKind.Evict when held != 0:
                Request(bytes, agent, new PageMessage(PageMessageKind.Evict, operation.Page, held - 1));
                held = 0;
                break;
            case PageOperationKind.Evict:
                bytes[_layout.ProgramCounter(agent)]++;
                break;
            default:
                Request(bytes, agent, new PageMessage(PageMessageKind.Unmap, operation.Page, 0));
                break;
        }
    }

    private void Request(Span<byte> bytes, int agent, PageMessage message)
    {
        bytes[_layout.Pending(agent)] = 1;
        PageChannel.Append(bytes[_layout.Requests(agent)..], _layout.RequestCapacity, message);
    }

    /// <summary>The delivery of a message of the home to an agent.</summary>
    private void Receive(Span<byte> bytes, int agent, PageMessage message)
    {
        ref byte held = ref bytes[_layout.Holding(agent, message.Page) + PageMigrationLayout.Held];
        if (message.Kind == PageMessageKind.Recall)
        {
            PageChannel.Append(bytes[_layout.Responses(agent)..], _layout.ResponseCapacity,
                new PageMessage(PageMessageKind.RecallAck, message.Page, held));
            held = 0;
            return;
        }

        if (message.Kind == PageMessageKind.Grant)
        {
            Write(bytes, agent, message.Page, message.Value + 1);
        }

        bytes[_layout.Pending(agent)] = 0;
        bytes[_layout.ProgramCounter(agent)]++;
    }

    private bool HasLeak(ReadOnlySpan<ulong> state, ReadOnlySpan<byte> bytes)
    {
        for (int transition = 0; transition < TransitionCount; transition++)
        {
            if (PendingCount(state, transition) > 0)
            {
                return true;
            }
        }

        for (int number = 0; number < _layout.Pages; number++)
        {
            ReadOnlySpan<byte> page = bytes[_layout.Home(number)..];
            int holder = 0;
            for (int agent = 0; agent < _scripts.Length; agent++)
            {
                holder = bytes[_layout.Holding(agent, number) + PageMigrationLayout.Held] != 0 ? agent + 1 : holder;
            }

            if (page[PageMigrationLayout.Owner] != holder || page[PageMigrationLayout.Phase] != PageMigrationHome.Idle
                || page[PageMigrationLayout.EvictionArrived] != 0 || page[PageMigrationLayout.Queue] != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Makes the version with the number <paramref name="heldBefore"/>, since held is one more than a version. Who wrote which
    /// version is remembered with the writer, so that operations of different agents stay independent.
    /// </summary>
    private void Write(Span<byte> bytes, int agent, int page, int heldBefore)
    {
        int holding = _layout.Holding(agent, page);
        bytes[holding + PageMigrationLayout.Held] = (byte)(heldBefore + 1);
        if (heldBefore < PageMigrationLayout.RemappedVersion)
        {
            Span<byte> written = bytes[(holding + PageMigrationLayout.WrittenVersions)..];
            ushort versions = BinaryPrimitives.ReadUInt16LittleEndian(written);
            ushort version = (ushort)(1 << (heldBefore - 1));
            bytes[holding + PageMigrationLayout.WroteTwice] |= (byte)((versions & version) != 0 ? 1 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(written, (ushort)(versions | version));
        }
    }
}
