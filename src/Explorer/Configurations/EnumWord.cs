using System.Text;

namespace HmmSim.Explorer.Configurations;

/// <summary>Members of enums as they stand in files and options: <c>RandomWalk</c> is <c>random_walk</c>.</summary>
public static class EnumWord
{
    /// <summary>The word of a member.</summary>
    public static string Of<TEnum>(TEnum member)
        where TEnum : struct, Enum
    {
        StringBuilder word = new();
        foreach (char letter in member.ToString())
        {
            word.Append(char.IsUpper(letter) && word.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }

    /// <summary>All words of an enum, in the order of its values.</summary>
    public static IReadOnlyList<string> All<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(Of)];

    /// <summary>The member of a word, or null if there is none.</summary>
    public static TEnum? Find<TEnum>(string word)
        where TEnum : struct, Enum
    {
        foreach (TEnum member in Enum.GetValues<TEnum>())
        {
            if (Of(member) == word)
            {
                return member;
            }
        }

        return null;
    }
}
