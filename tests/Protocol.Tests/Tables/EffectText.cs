using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol.Tests.Tables;

/// <summary>The effects of a step in words, without its notes.</summary>
internal static class EffectText
{
    public static string Of(EffectBuffer effects)
    {
        List<string> words = [];
        for (int i = 0; i < effects.Count; i++)
        {
            switch (effects[i].Kind)
            {
                case EffectKind.Send or EffectKind.Copy:
                    words.Add(Of(effects[i].Message!));
                    break;
                case EffectKind.SetTimer:
                    words.Add($"timer {effects[i].Message!.Kind}");
                    break;
                case EffectKind.Wake:
                    words.Add("wake");
                    break;
                case EffectKind.Replay:
                    words.Add("replay");
                    break;
                case EffectKind.Complete:
                    words.Add(Of(effects[i].Result!));
                    break;
                case EffectKind.Note when effects[i].Note == NoteKind.AccessViolation:
                    words.Add("violation");
                    break;
                case EffectKind.Note:
                    break;
            }
        }

        return string.Join(", ", words);
    }

    /// <summary>How a call ended: its error or signal, else its values.</summary>
    public static string Of(CallResult result) =>
        result.Error != Errno.None ? $"{result.Error}"
        : result.Signal != FaultSignal.None ? $"{result.Signal}"
        : result.Values is { } values ? $"done {string.Join(' ', values)}"
        : "done";

    private static string Of(Message message)
    {
        string detail = message.Kind switch
        {
            MessageKind.MigrateFinalize => message.Pages.IsEmpty ? " stays" : message.Subset.IsEmpty ? " moved R" : " moved W",
            MessageKind.RangeFaultReply => message.Pages.IsEmpty ? " error" : message.Subset.IsEmpty ? " R" : " W",
            MessageKind.ExclusiveReply => message.Pages.IsEmpty ? " nothing" : "",
            MessageKind.FreePages => message.Pages.IsEmpty ? " nothing" : "",
            MessageKind.CopyPages => $" for {message.Destination}",
            MessageKind.MigrateVma => message.Destination == message.To ? " to-ram" : "",
            _ => "",
        };
        return $"{message.Kind}>{message.To}{detail}";
    }
}
