using HmmSim.Explorer.Configurations;

namespace HmmSim.Explorer.Schedules;

/// <summary>
/// Reads a schedule line by line, <c>key: value</c>, in the fixed order of the format. Stops at the first problem.
/// </summary>
internal sealed class ScheduleLines(string text, string file)
{
    private readonly string[] _lines = text.ReplaceLineEndings("\n").Split('\n');
    private int _next;

    /// <summary>Column at which the value of the last line that was taken begins, from 1.</summary>
    public int ValueColumn { get; private set; } = 1;

    private string Current => _next < _lines.Length ? _lines[_next] : "";

    /// <summary>Takes a line that must be exactly this.</summary>
    public void TakeExactly(string line, string otherwise)
    {
        if (Current != line)
        {
            throw new InputException(file, new InputProblem(_next
                + 1, 1, InputProblem.Compose($"the line is '{Shorten(Current)}'", $"'{line}'; {otherwise}")));
        }

        _next++;
    }

    /// <summary>The value of the next line, whose key must be this one.</summary>
    public string Take(string key)
    {
        if (TryTake(key) is { } value)
        {
            return value;
        }

        string found = Current.Split(':')[0];
        string problem = _next >= _lines.Length || (_next == _lines.Length - 1 && Current.Length == 0)
            ? "the file ends here"
            : $"the line begins with '{Shorten(found)}'";
        throw new InputException(file,
            new InputProblem(_next + 1, 1, InputProblem.Compose(problem, $"'{key}: ...'", NearestWord.Of(found, [key]))));
    }

    /// <summary>The value of the next line if its key is this one; else null, and the line stays.</summary>
    public string? TryTake(string key)
    {
        string start = key + ": ";
        if (!Current.StartsWith(start, StringComparison.Ordinal))
        {
            return null;
        }

        ValueColumn = start.Length + 1;
        return _lines[_next++][start.Length..];
    }

    /// <summary>Name and value of the next line if it is <c>prefix NAME: value</c>; else null, and the line stays.</summary>
    public (string Name, string Value)? TryTakeNamed(string prefix)
    {
        int colon = Current.IndexOf(':', StringComparison.Ordinal);
        return Current.StartsWith(prefix + " ", StringComparison.Ordinal) && colon > prefix.Length + 1
            ? (Current[(prefix.Length + 1)..colon], TryTake(Current[..colon]) ?? TakeEmpty())
            : null;
    }

    /// <summary>Nothing may follow.</summary>
    public void TakeEnd()
    {
        for (; _next < _lines.Length; _next++)
        {
            if (Current.Length > 0)
            {
                throw new InputException(file, new InputProblem(_next
                    + 1, 1, $"'{Shorten(Current)}' follows the last line (expected nothing behind 'end: ...')"));
            }
        }
    }

    /// <summary>A problem in the line that was taken last.</summary>
    public InputException Problem(string field, string problem, string? expected = null, string? guess = null, int column = 0) =>
        new(file, new InputProblem(_next, column > 0
            ? column
            : ValueColumn, InputProblem.Compose($"{field}: {problem}", expected, guess)));

    private static string Shorten(string line) => line.Length <= 60 ? line : line[..57] + "...";

    private string TakeEmpty()
    {
        ValueColumn = Current.Length + 1;
        _next++;
        return "";
    }
}
