using static HmmSim.Explorer.Samples.PageMigrationLayout;

namespace HmmSim.Explorer.Samples;

/// <summary>
/// The home of <see cref="PageMigrationModel"/>: accepts every message at once and queues, for each page, the requests that it
/// cannot serve yet.
/// </summary>
internal sealed class PageMigrationHome(PageMigrationLayout layout, PageMigrationMutation mutation)
{
    // Phases of a page.
    public const byte Idle = 0;
    public const byte AwaitingRecallAck = 1;
    public const byte AwaitingEviction = 2;

    /// <summary>The delivery of a message of an agent.</summary>
    public void Receive(Span<byte> bytes, int agent, PageMessage message)
    {
        Span<byte> page = bytes[layout.Home(message.Page)..];
        switch (message.Kind)
        {
            case PageMessageKind.Evict:
                ReceiveEviction(bytes, page, agent, message);
                break;
            case PageMessageKind.RecallAck:
                ReceiveRecallAck(bytes, page, message);
                break;
            default:
                Enqueue(page, agent, message);
                break;
        }

        ServeQueue(bytes, page, message.Page);
    }

    private void Enqueue(Span<byte> page, int agent, PageMessage message) =>
        // The page is known from the queue it stands in, so its place holds the agent.
        PageChannel.Append(page[Queue..], layout.Agents, message with { Page = agent });

    private void ReceiveEviction(Span<byte> bytes, Span<byte> page, int agent, PageMessage message)
    {
        if (page[Phase] != Idle && mutation == PageMigrationMutation.QueueCrossingEviction)
        {
            Enqueue(page, agent, message);
            return;
        }

        TakeBack(bytes, page, agent, message);
    }

    private void TakeBack(Span<byte> bytes, Span<byte> page, int agent, PageMessage message)
    {
        page[MemoryVersion] = (byte)message.Value;
        Send(bytes, agent, new PageMessage(PageMessageKind.Done, message.Page, 0));
        switch (page[Phase])
        {
            case Idle when mutation == PageMigrationMutation.KeepOwnerAfterEviction:
                break;
            case Idle:
                page[Owner] = 0;
                break;
            case AwaitingRecallAck:
                page[EvictionArrived] = 1;
                break;
            default:
                page[Owner] = 0;
                Finish(bytes, page, message.Page);
                break;
        }
    }

    private void ReceiveRecallAck(Span<byte> bytes, Span<byte> page, PageMessage message)
    {
        if (page[Phase] != AwaitingRecallAck)
        {
            page[UnhandledMessage] = 1;
            return;
        }

        if (message.Value != 0)
        {
            page[MemoryVersion] = (byte)(message.Value - 1);
        }
        else if (page[EvictionArrived] == 0 && mutation != PageMigrationMutation.IgnoreCrossingEviction)
        {
            page[Phase] = AwaitingEviction;
            return;
        }

        Finish(bytes, page, message.Page);
    }

    /// <summary>The page is back; completes the request that waited for it.</summary>
    private void Finish(Span<byte> bytes, Span<byte> page, int number)
    {
        int agent = page[CurrentAgent] - 1;
        var kind = (PageMessageKind)page[CurrentKind];
        page[Phase] = Idle;
        page[CurrentAgent] = 0;
        page[CurrentKind] = 0;
        page[EvictionArrived] = 0;
        page[Owner] = 0;
        Complete(bytes, page, number, agent, kind);
    }

    private void Complete(Span<byte> bytes, Span<byte> page, int number, int agent, PageMessageKind kind)
    {
        if (kind == PageMessageKind.Unmap)
        {
            page[Unmapped] = 1;
            Send(bytes, agent, new PageMessage(PageMessageKind.Done, number, 0));
            return;
        }

        if (page[Unmapped] != 0)
        {
            page[Unmapped] = 0;
            page[MemoryVersion] = RemappedVersion;
            page[Epoch]++;
        }

        page[Owner] = (byte)(agent + 1);
        Send(bytes, agent, new PageMessage(PageMessageKind.Grant, number, page[MemoryVersion]));
    }

    private void ServeQueue(Span<byte> bytes, Span<byte> page, int number)
    {
        while (page[Phase] == Idle && page[Queue] != 0)
        {
            PageMessage request = PageChannel.Take(page[Queue..], layout.Agents);
            int agent = request.Page;
            if (request.Kind == PageMessageKind.Evict)
            {
                TakeBack(bytes, page, agent, request with { Page = number });
            }
            else if (request.Kind == PageMessageKind.Fault && agent != 0 && page[Unmapped] != 0)
            {
                Send(bytes, agent, new PageMessage(PageMessageKind.Nack, number, 0));
            }
            else if (page[Owner] == 0)
            {
                Complete(bytes, page, number, agent, request.Kind);
            }
            else
            {
                page[Phase] = AwaitingRecallAck;
                page[CurrentAgent] = (byte)(agent + 1);
                page[CurrentKind] = (byte)request.Kind;
                Send(bytes, page[Owner] - 1, new PageMessage(PageMessageKind.Recall, number, 0));
                if (request.Kind == PageMessageKind.Unmap && mutation == PageMigrationMutation.UnmapWithoutWaiting)
                {
                    Finish(bytes, page, number);
                }
            }
        }
    }

    private void Send(Span<byte> bytes, int agent, PageMessage message) =>
        PageChannel.Append(bytes[layout.Down(agent)..], layout.DownCapacity, message);
}
