namespace HmmSim.Explorer.Samples;

/// <summary>
/// Where the variables of <see cref="PageMigrationModel"/> lie: offsets into the bytes of a state. A message is three bytes
/// (kind, page, value); a channel is a row of messages, oldest first, the free places all zero.
/// </summary>
internal sealed class PageMigrationLayout
{
    public const int MessageBytes = 3;

    /// <summary>The first version of a page that was unmapped and mapped again; versions of its first life are below.</summary>
    public const byte RemappedVersion = 0x80;

    /// <summary>The highest version of the first life of a page whose writer is remembered.</summary>
    public const int MaxVersion = 16;

    // Of an agent and a page: one more than the version it holds, or 0; then two bytes, bit v - 1 set if it wrote version v.
    public const int Held = 0;
    public const int WrittenVersions = 1;
    public const int WroteTwice = 3;
    private const int HoldingBytes = 4;

    // Of a page at the home.
    public const int Owner = 0;
    public const int Unmapped = 1;
    public const int Phase = 2;
    public const int CurrentAgent = 3;
    public const int CurrentKind = 4;
    public const int EvictionArrived = 5;
    public const int MemoryVersion = 6;
    public const int Epoch = 7;
    public const int UnhandledMessage = 8;
    public const int Queue = 9;

    private readonly int _agentBytes;
    private readonly int _homeBegin;
    private readonly int _homePageBytes;

    public PageMigrationLayout(int agents, int pages)
    {
        Agents = agents;
        Pages = pages;
        // One outstanding request; a recall for each page and the answer to a request; an answer to each recall.
        RequestCapacity = 1;
        DownCapacity = pages + 1;
        ResponseCapacity = pages;
        _agentBytes = 2 + (pages * HoldingBytes) + (MessageBytes * (RequestCapacity + DownCapacity + ResponseCapacity));
        _homeBegin = agents * _agentBytes;
        _homePageBytes = Queue + (agents * MessageBytes);
        Words = (_homeBegin + (pages * _homePageBytes) + 7) / 8;
    }

    public int Agents { get; }

    public int Pages { get; }

    public int RequestCapacity { get; }

    public int DownCapacity { get; }

    public int ResponseCapacity { get; }

    public int Words { get; }

    /// <summary>Operations of its script that an agent has completed.</summary>
    public int ProgramCounter(int agent) => agent * _agentBytes;

    /// <summary>1 while an agent waits for an answer to its request.</summary>
    public int Pending(int agent) => (agent * _agentBytes) + 1;

    /// <summary>An agent's view of a page: <see cref="Held"/> and the writes it made.</summary>
    public int Holding(int agent, int page) => (agent * _agentBytes) + 2 + (page * HoldingBytes);

    public int Requests(int agent) => Holding(agent, Pages);

    public int Responses(int agent) => Requests(agent) + (MessageBytes * RequestCapacity);

    public int Down(int agent) => Responses(agent) + (MessageBytes * ResponseCapacity);

    /// <summary>The home's view of a page.</summary>
    public int Home(int page) => _homeBegin + (page * _homePageBytes);
}
