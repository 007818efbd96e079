using System.Collections.Immutable;
using System.Text;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>Enum members as scenario files and reports write them: <c>BatchFlush</c> is <c>batch_flush</c>.</summary>
public static class EnumWords
{
    /// <summary>All words of an enum in its order.</summary>
    public static ImmutableArray<string> Of<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(Word)];

    /// <summary>The word for one member.</summary>
    public static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        StringBuilder word = new();
        foreach (char letter in value.ToString())
        {
            if (char.IsUpper(letter) && word.Length > 0)
            {
                word.Append('_');
            }

            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }

    /// <summary>The member for a word that is one of <see cref="Of{TEnum}"/>; the first member for any other.</summary>
    public static TEnum Parse<TEnum>(string word)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().FirstOrDefault(value => Word(value) == word);
}
