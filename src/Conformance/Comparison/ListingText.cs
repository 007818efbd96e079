using System.Globalization;
using HmmSim.Conformance.Replay;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Comparison;

/// <summary>Answers and calls as short text.</summary>
internal static class ListingText
{
    /// <summary>The fields of an answer in the words of the trace, such as <c>e=0 c=2 v=[7,8]</c>.</summary>
    public static string Of(TraceResult result)
    {
        List<string> parts = [];
        void Add(string name, object? value)
        {
            if (value is not null)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));
            }
        }

        Add("skip", result.IsSkipped ? 1 : null);
        Add("e", result.Error);
        Add("sig", result.Signal);
        Add("code", result.Code);
        Add("c", result.PageCount);
        Add("f", result.FaultCount);
        Add("v", result.Values is { } values ? $"[{string.Join(',', values)}]" : null);
        Add("s", result.Permissions is { } bytes ? Convert.ToHexStringLower([.. bytes]) : null);
        return parts.Count == 0 ? "nothing" : string.Join(' ', parts);
    }

    /// <summary>A call with who is asked and the fields that carry meaning.</summary>
    public static string Of(TargetedCall targeted)
    {
        Call call = targeted.Call;
        List<string> parts =
        [
            targeted.Device == ICallSystem.CpuMemory ? "cpu memory"
                : string.Create(CultureInfo.InvariantCulture, $"device {targeted.Device}"),
            call.Kind.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"space {call.Space.Value}"),
        ];
        void Add(bool isMeant, string name, object value)
        {
            if (isMeant)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {value}"));
            }
        }

        Add(call.Mirror != 0, "mirror", call.Mirror);
        Add(call.Begin.Value != 0, "from", call.Begin);
        Add(call.PageCount != 0, "pages", call.PageCount);
        Add(call.Kind == CallKind.Remap, "to", call.Target);
        Add(call.Kind is CallKind.Map or CallKind.Protect, "protections", call.Protections);
        Add(call.Kind == CallKind.Map, "backing", call.Backing);
        Add(!call.File.IsNone, "file", call.File.Value);
        Add(call.Kind == CallKind.Advise, "advice", call.Advice);
        Add(call.Reclaimed is not null, "reclaimed", string.Join(',', (call.Reclaimed ?? new HashSet<long>()).Order()));
        Add(call.Kind == CallKind.Fork, "child", call.Child.Value);
        Add(call.Kind is CallKind.Store or CallKind.CopyToUser or CallKind.DeviceWrite, "value", call.Value);
        Add(call.IsWrite, "for", "writing");
        return string.Join(", ", parts);
    }

    /// <summary>The text cut to a width, with dots where something is left out.</summary>
    public static string Fit(string text, int width) => text.Length <= width ? text : $"{text[..(width - 3)]}...";
}
