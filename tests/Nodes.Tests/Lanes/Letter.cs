using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Lanes;

/// <summary>The timed message of these tests: a stamp and a text.</summary>
internal sealed class Letter : TimedMessage
{
    public Letter(long at, uint source = 0, ulong sequence = 0, string text = "")
    {
        ActsAt = new VirtualTime(at);
        Source = source;
        Sequence = sequence;
        Text = text;
    }

    public string Text { get; }

    public override string ToString() => $"{ActsAt.Picoseconds}/{Source}/{Sequence}{Text}";
}
