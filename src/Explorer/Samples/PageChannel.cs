namespace HmmSim.Explorer.Samples;

/// <summary>A first-in-first-out channel in the bytes of a state.</summary>
internal static class PageChannel
{
    private const int MessageBytes = PageMigrationLayout.MessageBytes;

    /// <summary>Number of messages in a channel.</summary>
    public static int Count(ReadOnlySpan<byte> channel, int capacity)
    {
        int count = 0;
        while (count < capacity && channel[count * MessageBytes] != 0)
        {
            count++;
        }

        return count;
    }

    /// <summary>The message at a position.</summary>
    public static PageMessage Read(ReadOnlySpan<byte> channel, int position) =>
        new((PageMessageKind)channel[position * MessageBytes], channel[(position * MessageBytes) + 1],
            channel[(position * MessageBytes) + 2]);

    /// <exception cref="InvalidOperationException">The channel is full: more is under way than the protocol allows.</exception>
    public static void Append(Span<byte> channel, int capacity, PageMessage message)
    {
        int count = Count(channel, capacity);
        if (count == capacity)
        {
            throw new InvalidOperationException($"{message} does not fit in a channel of {capacity}");
        }

        channel[count * MessageBytes] = (byte)message.Kind;
        channel[(count * MessageBytes) + 1] = (byte)message.Page;
        channel[(count * MessageBytes) + 2] = (byte)message.Value;
    }

    /// <summary>Removes and returns the oldest message.</summary>
    public static PageMessage Take(Span<byte> channel, int capacity)
    {
        PageMessage message = Read(channel, 0);
        channel[MessageBytes..(capacity * MessageBytes)].CopyTo(channel);
        channel.Slice((capacity - 1) * MessageBytes, MessageBytes).Clear();
        return message;
    }
}
