using HmmSim.Explorer.Models;
using static HmmSim.Explorer.Samples.PageMigrationLayout;

namespace HmmSim.Explorer.Samples;

/// <summary>States and transitions of <see cref="PageMigrationModel"/> for people.</summary>
internal static class PageMigrationText
{
    private static readonly string[] Phases = ["idle", "awaiting recall ack", "awaiting eviction"];

    public static string State(PageMigrationLayout layout, ReadOnlySpan<byte> bytes)
    {
        List<string> parts = [];
        for (int number = 0; number < layout.Pages; number++)
        {
            ReadOnlySpan<byte> page = bytes[layout.Home(number)..];
            string owner = page[Owner] == 0 ? "nobody" : Agent(page[Owner] - 1);
            string current = page[CurrentAgent] == 0
                ? ""
                : $" for {(PageMessageKind)page[CurrentKind]} of {Agent(page[CurrentAgent] - 1)}";
            string queue = string.Concat(Enumerable.Range(0, PageChannel.Count(page[Queue..], layout.Agents))
                .Select(Queued(page[Queue..], layout.Agents)));
            parts.Add($"page {number}: {(page[Unmapped] != 0 ? "unmapped" : $"owner {owner}")} v{page[MemoryVersion]} "
                + $"{Phases[page[Phase]]}{current}{queue}");
        }

        for (int agent = 0; agent < layout.Agents; agent++)
        {
            List<string> own = [$"{Agent(agent)}: op "
                + $"{bytes[layout.ProgramCounter(agent)]}{(bytes[layout.Pending(agent)] != 0 ? " waits" : "")}"];
            for (int number = 0; number < layout.Pages; number++)
            {
                int held = bytes[layout.Holding(agent, number) + Held];
                own.AddRange(held == 0 ? [] : [$"holds {number} v{held - 1}"]);
            }

            own.AddRange(Channel("requests", bytes[layout.Requests(agent)..], layout.RequestCapacity));
            own.AddRange(Channel("responses", bytes[layout.Responses(agent)..], layout.ResponseCapacity));
            own.AddRange(Channel("down", bytes[layout.Down(agent)..], layout.DownCapacity));
            parts.Add(string.Join(' ', own));
        }

        return string.Join(" | ", parts);
    }

    public static string Transition(
        PageMigrationLayout layout,
        PageOperation[][] scripts,
        ReadOnlySpan<byte> bytes,
        int transition)
    {
        int agent = transition % layout.Agents;
        return (transition / layout.Agents) switch
        {
            PageMigrationModel.OperationProcess => $"{Agent(agent)}: {scripts[agent][bytes[layout.ProgramCounter(agent)]]}",
            PageMigrationModel.DownProcess => $"{Agent(agent)} <- home: {PageChannel.Read(bytes[layout.Down(agent)..], 0)}",
            PageMigrationModel.RequestProcess =>
                $"home <- {Agent(agent)}: {PageChannel.Read(bytes[layout.Requests(agent)..], 0)}",
            _ => $"home <- {Agent(agent)}: {PageChannel.Read(bytes[layout.Responses(agent)..], 0)}",
        };
    }

    /// <summary>The agents, the CPU first, and the home.</summary>
    public static IReadOnlyList<string> ActorNames(PageMigrationLayout layout) =>
        [.. Enumerable.Range(0, layout.Agents).Select(Agent), "home"];

    public static StepNarrative Step(
        PageMigrationLayout layout,
        PageOperation[][] scripts,
        ReadOnlySpan<byte> bytes,
        int transition)
    {
        int agent = transition % layout.Agents;
        int home = layout.Agents;
        return (transition / layout.Agents) switch
        {
            PageMigrationModel.OperationProcess => new(agent, null, $"{scripts[agent][bytes[layout.ProgramCounter(agent)]]}"),
            PageMigrationModel.DownProcess => new(agent, home, $"{PageChannel.Read(bytes[layout.Down(agent)..], 0)}"),
            PageMigrationModel.RequestProcess => new(home, agent, $"{PageChannel.Read(bytes[layout.Requests(agent)..], 0)}"),
            _ => new(home, agent, $"{PageChannel.Read(bytes[layout.Responses(agent)..], 0)}"),
        };
    }

    public static IReadOnlyList<StateField> Fields(PageMigrationLayout layout, ReadOnlySpan<byte> bytes)
    {
        List<StateField> fields = [];
        for (int agent = 0; agent < layout.Agents; agent++)
        {
            fields.Add(new(agent, "operation",
                $"{bytes[layout.ProgramCounter(agent)]}{(bytes[layout.Pending(agent)] != 0 ? " waits" : "")}"));
            for (int number = 0; number < layout.Pages; number++)
            {
                int held = bytes[layout.Holding(agent, number) + Held];
                fields.Add(new(agent, $"page {number}", held == 0 ? "" : $"held, version {held - 1}"));
            }

            fields.Add(new(agent, "requests",
                string.Concat(Channel("", bytes[layout.Requests(agent)..], layout.RequestCapacity))));
            fields.Add(new(agent, "responses",
                string.Concat(Channel("", bytes[layout.Responses(agent)..], layout.ResponseCapacity))));
            fields.Add(new(agent, "from home", string.Concat(Channel("", bytes[layout.Down(agent)..], layout.DownCapacity))));
        }

        for (int number = 0; number < layout.Pages; number++)
        {
            ReadOnlySpan<byte> page = bytes[layout.Home(number)..];
            string current = page[CurrentAgent] == 0
                ? ""
                : $" for {(PageMessageKind)page[CurrentKind]} of {Agent(page[CurrentAgent] - 1)}";
            string queue = string.Concat(Enumerable.Range(0, PageChannel.Count(page[Queue..], layout.Agents))
                .Select(Queued(page[Queue..], layout.Agents)));
            fields.Add(new(layout.Agents, $"page {number} owner", page[Unmapped] != 0 ? "unmapped" : page[Owner] == 0
                ? ""
                : Agent(page[Owner] - 1)));
            fields.Add(new(layout.Agents, $"page {number} memory", $"version {page[MemoryVersion]}"));
            fields.Add(new(layout.Agents, $"page {number} phase",
                $"{Phases[page[Phase]]}{current}{(page[EvictionArrived] != 0 ? ", eviction arrived" : "")}"));
            fields.Add(new(layout.Agents, $"page {number} queue", queue.Trim()));
            fields.Add(new(layout.Agents, $"page {number} unhandled message", page[UnhandledMessage] != 0 ? "yes" : ""));
        }

        return fields;
    }

    private static string Agent(int agent) => agent == 0 ? "CPU" : $"device {agent}";

    private static Func<int, string> Queued(ReadOnlySpan<byte> queue, int capacity)
    {
        byte[] copy = queue[..(capacity * MessageBytes)].ToArray();
        return position => PageChannel.Read(copy, position) is var request ? $" +{request.Kind} of {Agent(request.Page)}" : "";
    }

    private static IEnumerable<string> Channel(string name, ReadOnlySpan<byte> channel, int capacity)
    {
        List<string> messages = [];
        for (int position = 0; position < PageChannel.Count(channel, capacity); position++)
        {
            messages.Add(PageChannel.Read(channel, position).ToString());
        }

        return messages.Count == 0 ? [] : [$"{name}[{string.Join(", ", messages)}]"];
    }
}
