using System.Collections.Immutable;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>The keys that stand together in one mapping of the scenario file.</summary>
public sealed record SectionSpec
{
    /// <summary>What the mapping describes, as messages call it: "cpu", "device".</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a sentence or two.</summary>
    public required string Meaning { get; init; }

    /// <summary>Its keys in the order of the reference page.</summary>
    public required ImmutableArray<KeySpec> Keys { get; init; }

    /// <summary>Groups of keys of which at least one group must be complete.</summary>
    public ImmutableArray<KeyAlternatives> Alternatives { get; init; } = [];

    /// <summary>What the key <c>preset</c> may name; empty if there is no such key.</summary>
    public ImmutableArray<Preset> Presets { get; init; } = [];

    /// <summary>The key of that name; it must exist.</summary>
    public KeySpec this[string name] => Keys.First(key => key.Name == name);

    /// <summary>Whether a preset can give the key.</summary>
    public bool MayComeFromPreset(KeySpec key) => Presets.Any(preset => preset.Values.Any(value => value.Key == key.Name));
}
