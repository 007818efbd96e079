using System.Collections.Immutable;
using System.Globalization;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Samples;

/// <summary>Makes <see cref="PageMigrationModel"/> from configurations.</summary>
public sealed class PageMigrationFamily : IModelFamily
{
    private const string Mutation = "mutation";
    private const string Cpu = "cpu";
    private static readonly string[] Kinds = [.. EnumWord.All<PageOperationKind>()];

    /// <inheritdoc/>
    public string Name => "page-migration";

    /// <inheritdoc/>
    public string Summary =>
        "exclusive migration of pages between a CPU and devices by a home that queues requests; a sample, not the simulator's "
            + "protocol";

    /// <inheritdoc/>
    public IReadOnlyList<ModelParameter> Parameters { get; } =
        [ModelParameter.Choice<PageMigrationMutation>(Mutation, "a seeded bug")];

    /// <inheritdoc/>
    public string? ScriptExample => "cpu: [touch 0, unmap 0]";

    /// <inheritdoc/>
    public IModel Create(ModelConfiguration configuration)
    {
        for (int position = 0; position < configuration.Scripts.Length; position++)
        {
            string actor = configuration.Scripts[position].Actor;
            if (actor != NameOf(position))
            {
                throw new ConfigurationException($"scripts.{actor}", $"the actor in place {position + 1} is '{actor}'",
                    $"'{NameOf(position)}': the CPU first, then its devices in order");
            }
        }

        try
        {
            string scripts = string.Join('/', configuration.Scripts.Select(script =>
                string.Join(',', script.Operations.Select(operation => Short(script, operation)))));
            return new PageMigrationModel(scripts, configuration.Word<PageMigrationMutation>(Mutation));
        }
        catch (ArgumentException exception)
        {
            throw new ConfigurationException("scripts", exception.Message.Split(" (Parameter", 2)[0],
                "a smaller system, or at least one device");
        }
    }

    /// <inheritdoc/>
    public ModelConfiguration Normalize(ModelConfiguration configuration) =>
        configuration with { Scripts =
            [.. configuration.Scripts.Select((script, position) => script with { Actor = NameOf(position) })] };

    /// <summary>The same with a lower page.</summary>
    public IEnumerable<string> SimplerOperations(string operation)
    {
        string[] words = operation.Split(' ');
        int page = int.Parse(words[1], NumberStyles.None, CultureInfo.InvariantCulture);
        return Enumerable.Range(0, page).Select(lower => string.Create(CultureInfo.InvariantCulture, $"{words[0]} {lower}"));
    }

    private static string NameOf(int position) => position == 0
        ? Cpu
        : string.Create(CultureInfo.InvariantCulture, $"device{position}");

    private static string Short(ActorScript script, string operation)
    {
        string[] words = operation.Split(' ');
        bool isKnown = Kinds.Contains(words[0]);
        return isKnown && words.Length == 2
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int page) && page < 8
            ? string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(words[0][0])}{page}")
            : throw new ConfigurationException(
                $"scripts.{script.Actor}",
                $"'{operation}' is no operation",
                $"{string.Join(", ", Kinds)} and a page from 0 to 7, such as 'touch 0'",
                isKnown ? null : NearestWord.Of(words[0], Kinds));
    }
}
