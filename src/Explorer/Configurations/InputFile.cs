using System.Text;

namespace HmmSim.Explorer.Configurations;

/// <summary>Text files of a user.</summary>
internal static class InputFile
{
    private const long BytesAtMost = 64 << 20;

    /// <summary>The text of a file.</summary>
    /// <exception cref="InputException">It is missing, too long, not UTF-8 or cannot be read.</exception>
    public static string ReadText(string file, string expected)
    {
        try
        {
            FileInfo info = new(file);
            return !info.Exists ? throw Refused(file, Directory.Exists(file)
                ? "this is a folder"
                : "the file does not exist", expected)
                : info.Length > BytesAtMost
                    ? throw Refused(file, $"the file has {info.Length} bytes", $"{expected}, of at most {BytesAtMost}")
                : File.ReadAllText(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException)
        {
            throw Refused(file, "the file is not UTF-8 text", expected);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(file, $"the file cannot be read: {exception.Message}", expected);
        }
    }

    private static InputException Refused(string file, string problem, string expected) =>
        new(file, new InputProblem(1, 1, InputProblem.Compose(problem, expected)));
}
