using System.Globalization;
using System.Text.Json;
using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Traces;

/// <summary>Reads one operation: its word, the number of its arguments, and the range of each.</summary>
internal static class OperationParser
{
    private static readonly Advice[] Advices =
    [
        Advice.DontNeed, Advice.Free, Advice.DontFork, Advice.WipeOnFork, Advice.Cold, Advice.PageOut, Advice.PopulateRead,
            Advice.PopulateWrite,
    ];

    /// <summary>The operation with its form.</summary>
    /// <exception cref="TraceFormatException">It does not have the format.</exception>
    public static (TraceOperation Operation, OperationForm Form) Parse(FieldReader reader, JsonElement item, string field)
    {
        reader.RequireKind(item, field, JsonValueKind.Array, "an operation: a list of its word and its arguments");
        OperationForm form = FormOf(reader, item, field);
        int arguments = item.GetArrayLength() - 1;
        if (arguments != form.Arguments.Length)
        {
            throw reader.Error(
                field,
                string.Create(CultureInfo.InvariantCulture, $"has {arguments} arguments"),
                string.Create(CultureInfo.InvariantCulture, $"{form.Arguments.Length}: {form}"));
        }

        TraceOperation operation = new() { Kind = form.Kind };
        for (int i = 0; i < arguments; i++)
        {
            operation = Bind(reader, operation, form.Arguments[i], item[i + 1],
                string.Create(CultureInfo.InvariantCulture, $"{field}[{i + 1}]"));
        }

        return (operation, form);
    }

    private static OperationForm FormOf(FieldReader reader, JsonElement item, string field)
    {
        if (item.GetArrayLength() == 0)
        {
            throw reader.Error(field, "is empty", "the word of an operation and its arguments");
        }

        string word = reader.Text(item[0], $"{field}[0]", "the word of an operation");
        IEnumerable<string> words = OperationForm.All.Select(form => form.Word);
        return OperationForm.Find(word)
            ?? throw reader.Error($"{field}[0]", FieldReader.Describe(item[0]),
                $"an operation: {string.Join(", ", words)}{Spelling.Suggest(word, words)}");
    }

    private static TraceOperation Bind(FieldReader reader, TraceOperation operation, ArgumentKind argument, JsonElement value,
        string field)
    {
        int Number(int least, int most, string meaning) => (int)reader.Integer(value, field, least, most, meaning);
        return argument switch
        {
            ArgumentKind.Process => operation with { Process = Number(0, TraceScript.ProcessSlots - 1, "a slot of a process") },
            ArgumentKind.Child => operation with { Child = Number(0, TraceScript.ProcessSlots - 1, "a slot for the child") },
            ArgumentKind.OwnDevice => operation with { Device = Number(0, TraceScript.Devices - 1, "a device") },
            ArgumentKind.Device => WithDevice(reader, operation, value, field),
            ArgumentKind.Window => operation with { Window = Number(0, TraceScript.Windows - 1, "a buffer") },
            ArgumentKind.Page => operation
                with { Page = Number(0, TraceScript.WindowPages - 1, "a page of the buffer"), PageCount = 1 },
            ArgumentKind.PageCount => operation with
            {
                PageCount = Number(1, TraceScript.WindowPages - operation.Page, "a number of pages that end inside the buffer"),
            },
            ArgumentKind.TargetWindow => operation with { TargetWindow = Number(0, TraceScript.Windows - 1, "a buffer") },
            ArgumentKind.TargetPage => operation with
            {
                TargetPage = Number(0, TraceScript.WindowPages - operation.PageCount,
                    "a page such that the moved pages end inside the buffer"),
            },
            ArgumentKind.Protections => operation
                with { Protections = (Protections)Number(0, 3, "bits of protection (1 read, 2 write)") },
            ArgumentKind.Mapping => operation with
            {
                Mapping = (MappingKind)Number(0, 3, "a kind of mapping (anonymous private or shared, file private or shared)"),
            },
            ArgumentKind.Advice => operation with { Advice = AdviceOf(reader, value, field) },
            ArgumentKind.Value => operation with { Value = reader.Value(value, field) },
            ArgumentKind.Length => operation with { PageCount = Number(0, TraceScript.WindowPages, "a number of pages") },
            ArgumentKind.Flag => operation with { IsWrite = Number(0, 1, "a flag") == 1 },
        };
    }

    private static TraceOperation WithDevice(FieldReader reader, TraceOperation operation, JsonElement value, string field)
    {
        const int InheritedFrom = 10;
        return value.TryGetSmall(out int number) && number is 0 or 1 or InheritedFrom or InheritedFrom + 1
            ? operation with { Device = number % InheritedFrom, IsInherited = number >= InheritedFrom }
            : throw reader.Error(field, FieldReader.Describe(value),
                "a device: 0 or 1 opened by this process, 10 or 11 inherited from its parent");
    }

    private static Advice AdviceOf(FieldReader reader, JsonElement value, string field)
    {
        if (value.TryGetSmall(out int number) && number is >= 0 and <= byte.MaxValue && Advices.Contains((Advice)number))
        {
            return (Advice)number;
        }

        IEnumerable<string> known = Advices.Select(advice => string.Create(CultureInfo.InvariantCulture, $"{(int)advice} {advice}"));
        throw reader.Error(field, FieldReader.Describe(value), $"an advice: {string.Join(", ", known)}");
    }

    private static bool TryGetSmall(this JsonElement value, out int number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number);
    }
}
