using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>
/// Reads the one document of a scenario file into nodes that know line and column. Anchors, aliases, tags and further documents
/// are refused: a scenario says everything where it is used.
/// </summary>
internal static class YamlTree
{
    // The format nests five levels deep; the limit only keeps a damaged file from exhausting the stack.
    private const int DepthAtMost = 32;

    /// <summary>Reads the document; null if nothing usable was found, and then <paramref name="problems"/> says why.</summary>
    public static YamlNode? Read(string text, ProblemList problems)
    {
        Parser parser = new(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out StreamEnd? _))
            {
                problems.Add(SourceMark.Start, "the file is empty", "keys such as name, hosts and streams");
                return null;
            }

            parser.Consume<DocumentStart>();
            YamlNode root = ReadNode(parser, problems, 0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out DocumentStart? second))
            {
                problems.Add(MarkOf(second.Start), "a second document begins here", "one scenario in a file");
            }

            return root;
        }
        catch (YamlException exception)
        {
            problems.Add(MarkOf(exception.Start), $"not readable as YAML: {Clean(exception.Message)}");
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // YamlDotNet's scanner meets some damaged texts with an error of its own state; the last place it understood is the best hint.
            problems.Add(parser.Current is { } last ? MarkOf(last.End) : SourceMark.Start, "not readable as YAML from here on");
            return null;
        }
    }

    private static YamlNode ReadNode(Parser parser, ProblemList problems, int depth)
    {
        if (parser.Current is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            problems.Add(MarkOf(anchored.Start), $"the anchor '&{anchored.Anchor.Value}' is not supported", "the value written out where it is used");
        }

        if (parser.Current is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            problems.Add(MarkOf(tagged.Start), $"the tag '{tagged.Tag}' is not supported", "a plain value");
        }

        if (parser.TryConsume<Scalar>(out Scalar? scalar))
        {
            return new YamlNode(YamlNodeKind.Scalar, MarkOf(scalar.Start)) { Text = scalar.Value, Quoted = scalar.Style != ScalarStyle.Plain };
        }

        if (parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            problems.Add(MarkOf(alias.Start), $"the alias '*{alias.Value}' is not supported", "the value written out where it is used");
            return new YamlNode(YamlNodeKind.Scalar, MarkOf(alias.Start));
        }

        if (depth == DepthAtMost)
        {
            Mark mark = parser.Current!.Start;
            throw new YamlException(mark, mark, $"values are nested more than {DepthAtMost} deep");
        }

        return parser.TryConsume<SequenceStart>(out SequenceStart? sequence)
            ? ReadSequence(parser, problems, depth, new YamlNode(YamlNodeKind.Sequence, MarkOf(sequence.Start)))
            : ReadMapping(parser, problems, depth, new YamlNode(YamlNodeKind.Mapping, MarkOf(parser.Consume<MappingStart>().Start)));
    }

    private static YamlNode ReadSequence(Parser parser, ProblemList problems, int depth, YamlNode sequence)
    {
        while (!parser.TryConsume<SequenceEnd>(out SequenceEnd? _))
        {
            sequence.Items.Add(ReadNode(parser, problems, depth + 1));
        }

        return sequence;
    }

    private static YamlNode ReadMapping(Parser parser, ProblemList problems, int depth, YamlNode mapping)
    {
        Dictionary<string, SourceMark> seen = new(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out MappingEnd? _))
        {
            YamlNode key = ReadNode(parser, problems, depth + 1);
            YamlNode value = ReadNode(parser, problems, depth + 1);
            if (key.Kind != YamlNodeKind.Scalar)
            {
                problems.Add(key.Mark, "a key must be a word", "a single word before the colon");
            }
            else if (!seen.TryAdd(key.Text, key.Mark))
            {
                problems.Add(key.Mark, $"the key '{key.Text}' stands twice; first in line {seen[key.Text].Line}");
            }
            else
            {
                mapping.Entries.Add((key, value));
            }
        }

        return mapping;
    }

    private static SourceMark MarkOf(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static string Clean(string message)
    {
        // YamlDotNet writes "(Line: 1, Col: 2, Idx: 3) - (...): text"; the place is already in front of our message.
        int end = message.IndexOf("): ", StringComparison.Ordinal);
        string text = message.StartsWith("(Line:", StringComparison.Ordinal) && end >= 0 ? message[(end + 3)..] : message;
        return string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim().TrimEnd('.');
    }
}
