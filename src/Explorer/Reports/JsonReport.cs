using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Explanations;
using HmmSim.Explorer.Schedules;

namespace HmmSim.Explorer.Reports;

/// <summary>An explanation as JSON, for other programs.</summary>
public static class JsonReport
{
    private static readonly JsonWriterOptions Indented =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text.</summary>
    public static string Write(Explanation explanation, Schedule schedule)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Indented))
        {
            json.WriteStartObject();
            json.WriteString("property", explanation.Run.PropertyName);
            json.WriteNumber("stepCount", explanation.Run.Length);
            WriteConfiguration(json, explanation.Configuration);
            WriteNumber(json, "loopStart", explanation.Run.LoopStart);
            WriteNumber(json, "pointOfNoReturn", explanation.PointOfNoReturn);
            WriteStrings(json, "alternatives", explanation.Alternatives);
            WriteOvertaking(json, explanation);
            WriteStrings(json, "actors", explanation.Actors);
            json.WriteStartArray("steps");
            foreach (ExplainedStep step in explanation.Steps)
            {
                WriteStep(json, explanation, step);
            }

            json.WriteEndArray();
            json.WriteString("lastState", explanation.LastState);
            WriteProvenance(json, RunProvenance.Of(schedule));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteProvenance(Utf8JsonWriter json, RunProvenance provenance)
    {
        json.WriteStartObject("provenance");
        json.WriteString("program", provenance.Program);
        json.WriteString("engine", provenance.Engine);
        json.WriteNumber("seed", provenance.Seed);
        json.WriteString("configurationDigest", provenance.ConfigurationDigest);
        json.WriteString("traceHash", provenance.TraceHash);
        json.WriteEndObject();
    }

    private static void WriteConfiguration(Utf8JsonWriter json, ModelConfiguration configuration)
    {
        json.WriteString("model", configuration.Model);
        json.WriteStartObject("parameters");
        foreach ((string name, string value) in configuration.Parameters)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("scripts");
        foreach (ActorScript script in configuration.Scripts)
        {
            WriteStrings(json, script.Actor, script.Operations);
        }

        json.WriteEndObject();
    }

    private static void WriteOvertaking(Utf8JsonWriter json, Explanation explanation)
    {
        if (explanation.Overtaking is not { } pair)
        {
            json.WriteNull("overtaking");
            return;
        }

        json.WriteStartObject("overtaking");
        json.WriteString("actor", explanation.Actors[pair.Actor]);
        json.WriteString("first", pair.First);
        json.WriteNumber("firstStep", pair.FirstStep);
        json.WriteString("second", pair.Second);
        WriteNumber(json, "secondStep", pair.SecondStep);
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, Explanation explanation, ExplainedStep step)
    {
        json.WriteStartObject();
        json.WriteNumber("number", step.Number);
        json.WriteNumber("transition", explanation.Run.Transitions[step.Number - 1]);
        json.WriteString("actor", explanation.Actors[step.Actor]);
        json.WriteString("sender", step.Sender is { } sender ? explanation.Actors[sender] : null);
        WriteNumber(json, "enabledBy", step.EnabledBy);
        json.WriteString("label", step.Label);
        json.WriteString("locations", step.Locations);
        json.WriteStartArray("changes");
        foreach (FieldChange change in step.Changes)
        {
            json.WriteStartObject();
            json.WriteString("actor", explanation.Actors[change.Actor]);
            json.WriteString("name", change.Name);
            json.WriteString("before", change.Before);
            json.WriteString("after", change.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
