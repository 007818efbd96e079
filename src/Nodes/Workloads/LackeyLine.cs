using System.Text;

namespace HmmSim.Nodes.Workloads;

/// <summary>
/// The data line of Valgrind's lackey tool (<c>--trace-mem=yes</c>), one per memory access of the traced program:
/// <c>I  0401ab70,3</c> for an instruction fetch, <c> L ADDR,SIZE</c>, <c> S ADDR,SIZE</c> and <c> M ADDR,SIZE</c> for a
/// load, a store and a modification, with a hexadecimal address and a decimal size in bytes.
/// </summary>
internal static class LackeyLine
{
    /// <summary>What a data line looks like, for messages.</summary>
    public const string Layout =
        "'I  ADDR,SIZE' or ' L ADDR,SIZE' or ' S ADDR,SIZE' or ' M ADDR,SIZE' "
        + "(lower-case hexadecimal address without 0x, decimal size)";

    /// <summary>
    /// Largest access in bytes; the tool itself stops at 512 (<c>MAX_DSIZE</c>). It keeps an access within two pages.
    /// </summary>
    public const int SizeMaxBytes = 4096;

    /// <summary>Bits of an address with five-level page tables.</summary>
    private const int AddressBits = 57;

    private const int TextShownMax = 60;

    /// <summary>Takes a line apart.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <param name="tag">I, L, S or M.</param>
    /// <param name="address">Address of the first byte, below 2^57.</param>
    /// <param name="sizeBytes">Bytes of the access, 1 to <see cref="SizeMaxBytes"/>.</param>
    /// <returns>
    /// False if the line has another layout, an address above 57 bits or a size out of range; then see <see
    /// cref="Explain"/>.
    /// </returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out byte tag, out ulong address, out int sizeBytes)
    {
        tag = 0;
        address = 0;
        sizeBytes = 0;

        // The shortest line has one digit of address and one of size.
        if (line.Length < 6 || line[2] != ' ')
        {
            return false;
        }

        if (line[0] == ' ')
        {
            tag = line[1];
            if (tag is not ((byte)'L' or (byte)'S' or (byte)'M'))
            {
                return false;
            }
        }
        else if (line[0] == 'I' && line[1] == ' ')
        {
            tag = (byte)'I';
        }
        else
        {
            return false;
        }

        var index = 3;
        for (; index < line.Length; index++)
        {
            var digit = HexDigit(line[index]);
            if (digit < 0)
            {
                break;
            }

            // Checked before the shift, so that no digit is lost and a long row of zeros does no harm.
            if (address >> (AddressBits - 4) != 0)
            {
                return false;
            }

            address = (address << 4) | (uint)digit;
        }

        if (index == 3 || index + 1 >= line.Length || line[index] != ',')
        {
            return false;
        }

        for (index++; index < line.Length; index++)
        {
            var digit = (uint)(line[index] - '0');
            if (digit > 9)
            {
                return false;
            }

            sizeBytes = (sizeBytes * 10) + (int)digit;
            if (sizeBytes > SizeMaxBytes)
            {
                return false;
            }
        }

        return sizeBytes != 0;
    }

    /// <summary>Whether a line is one of Valgrind's own, <c>==pid== text</c>.</summary>
    public static bool IsBanner(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("=="u8))
        {
            return false;
        }

        var digits = line[2..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits > 0 && line[(2 + digits)..].StartsWith("=="u8);
    }

    /// <summary>
    /// What <see cref="TryParse"/> expected of a line that it refused, with a suggestion where the mistake is a known one.
    /// </summary>
    public static string Explain(ReadOnlySpan<byte> line)
    {
        if (line.EndsWith("\r"u8))
        {
            return "lines that end with a line feed only (lackey writes no carriage returns; convert the file with dos2unix)";
        }

        var comma = line.IndexOf((byte)',');
        if (comma > 3 && IsHex(line[3..comma]) && IsDecimal(line[(comma + 1)..]) && IsTagged(line))
        {
            return TryParse([.. line[..comma], .. ",1"u8], out _, out _, out _)
                ? $"a size of 1 to {SizeMaxBytes} bytes"
                : $"an address of at most {AddressBits} bits";
        }

        return Layout + "; record with --log-file so that the program's own output stays out of the trace";
    }

    /// <summary>The line in quotes for a message: shortened, with a question mark for what is not printable ASCII.</summary>
    public static string Quote(ReadOnlySpan<byte> line)
    {
        var text = new StringBuilder("'");
        foreach (var unit in line[..Math.Min(line.Length, TextShownMax)])
        {
            text.Append(unit switch
            {
                (byte)'\r' => "\\r",
                (byte)'\t' => "\\t",
                >= 0x20 and < 0x7F => ((char)unit).ToString(),
                _ => "?",
            });
        }

        return text.Append(line.Length > TextShownMax ? "...'" : "'").ToString();
    }

    /// <summary>Value of a lower-case hexadecimal digit, or -1: lackey prints with %08lx.</summary>
    private static int HexDigit(byte unit)
    {
        var digit = unit - '0';
        if ((uint)digit <= 9)
        {
            return digit;
        }

        digit = unit - 'a';
        return (uint)digit <= 5 ? digit + 10 : -1;
    }

    private static bool IsTagged(ReadOnlySpan<byte> line) =>
        line.StartsWith("I  "u8) || line.StartsWith(" L "u8) || line.StartsWith(" S "u8) || line.StartsWith(" M "u8);

    private static bool IsHex(ReadOnlySpan<byte> text)
    {
        foreach (var unit in text)
        {
            if (HexDigit(unit) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDecimal(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
