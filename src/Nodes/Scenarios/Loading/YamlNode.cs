namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>One YAML value that knows where it stands.</summary>
internal sealed record YamlNode(YamlNodeKind Kind, SourceMark Mark)
{
    /// <summary>The text of a scalar, otherwise empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether a scalar stood in quotes, and so is text whatever it looks like.</summary>
    public bool Quoted { get; init; }

    /// <summary>The values of a sequence.</summary>
    public List<YamlNode> Items { get; } = [];

    /// <summary>The entries of a mapping, without the duplicates.</summary>
    public List<(YamlNode Key, YamlNode Value)> Entries { get; } = [];

    /// <summary>A value left out: <c>key:</c> with nothing behind it, or YAML's null.</summary>
    public bool IsNull => Kind == YamlNodeKind.Scalar && !Quoted && Text is "" or "~" or "null";

    /// <summary>What a user sees here, for messages.</summary>
    public string Describe() => Kind switch
    {
        YamlNodeKind.Mapping => "keys with values",
        YamlNodeKind.Sequence => "a list",
        YamlNodeKind.Scalar => IsNull ? "nothing" : Quoted ? $"the text '{Shorten(Text)}'" : $"'{Shorten(Text)}'",
    };

    private static string Shorten(string text)
    {
        string line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= 60 ? line : line[..57] + "...";
    }
}
