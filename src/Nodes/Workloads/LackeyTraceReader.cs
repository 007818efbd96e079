using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Workloads;

/// <summary>
/// Reads a lackey trace as it goes, in constant memory. Fetches and loads are reads, stores are writes, a modification is
/// a write counted twice; an access across a page boundary touches both pages in ascending order; consecutive touches of
/// one page with one kind become one run. Banner lines (<c>==pid== ...</c>) and empty lines are skipped.
/// </summary>
/// <remarks>
/// The position is an offset into the plain text: restoring seeks in a plain file, but decompresses a compressed one again
/// from its begin. A last line without its line feed is accepted if it is whole.
/// </remarks>
public sealed class LackeyTraceReader : AccessStream
{
    private readonly string _file;
    private readonly LackeyTraceOptions _options;
    private readonly TraceLineReader _lines;
    private long _accessesLeft;

    /// <summary>Data lines read, to tell a trace without any from one that was left out.</summary>
    private long _dataLines;

    /// <summary>The run being merged.</summary>
    private Touch _merged;

    /// <summary>The second page of an access across a page boundary, while it waits for the first.</summary>
    private Touch _second;

    /// <summary>Opens the trace.</summary>
    /// <param name="file">Name of the file in messages.</param>
    /// <param name="open">Opens the plain text at its begin; called now, and again when a position is restored.</param>
    /// <param name="options">Which part of the trace, and where.</param>
    public LackeyTraceReader(string file, Func<Stream> open, LackeyTraceOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.AccessesMax);
        ArgumentOutOfRangeException.ThrowIfNegative(options.OffsetPages);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.OffsetPages, 1L << VirtualPageNumber.Bits);
        _file = file;
        _options = options;
        _accessesLeft = options.AccessesMax;
        _lines = new TraceLineReader(file, open);
    }

    /// <inheritdoc/>
    public override int StateWords => 8;

    /// <inheritdoc/>
    /// <exception cref="TraceFormatException">
    /// The next line is malformed, or the compressed file is damaged or cut off.
    /// </exception>
    public override bool TryNext(out AccessRun run)
    {
        while (TryTouch(out var touch))
        {
            if (_merged.Accesses == 0)
            {
                _merged = touch;
            }
            else if (_merged.Page == touch.Page && _merged.Kind == touch.Kind && _merged.Accesses < int.MaxValue - 1)
            {
                _merged.Accesses += touch.Accesses;
            }
            else
            {
                run = _merged.Run;
                _merged = touch;
                return true;
            }
        }

        run = _merged.Accesses == 0 ? default : _merged.Run;
        _merged = default;
        return run.Pages != 0;
    }

    /// <inheritdoc/>
    protected override void CaptureCore(Span<ulong> state)
    {
        state[0] = (ulong)_lines.Offset;
        state[1] = (ulong)_lines.LineNumber;
        state[2] = (ulong)_accessesLeft;
        state[3] = (ulong)_dataLines;
        state[4] = _merged.Page;
        state[5] = _merged.Packed;
        state[6] = _second.Page;
        state[7] = _second.Packed;
    }

    /// <inheritdoc/>
    protected override void RestoreCore(ReadOnlySpan<ulong> state)
    {
        _lines.Restore((long)state[0], (long)state[1]);
        _accessesLeft = (long)state[2];
        _dataLines = (long)state[3];
        _merged = Touch.Unpack(state[4], state[5]);
        _second = Touch.Unpack(state[6], state[7]);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _lines.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Takes the next touch of one page, up to the limit of accesses.</summary>
    private bool TryTouch(out Touch touch)
    {
        if (_accessesLeft == 0)
        {
            touch = default;
            return false;
        }

        if (_second.Accesses != 0)
        {
            touch = _second;
            _second = default;
        }
        else if (!TryRead(out touch))
        {
            return false;
        }

        touch.Accesses = (int)Math.Min(touch.Accesses, _accessesLeft);
        _accessesLeft -= touch.Accesses;
        return true;
    }

    /// <summary>Reads lines up to and including the next access.</summary>
    private bool TryRead(out Touch touch)
    {
        while (_lines.TryPeek(out var line))
        {
            if (LackeyLine.TryParse(line, out var tag, out var address, out var sizeBytes))
            {
                var first = address >> VirtualPageNumber.PageShift;
                var last = (address + (uint)sizeBytes - 1) >> VirtualPageNumber.PageShift;
                if ((last + (ulong)_options.OffsetPages) >> VirtualPageNumber.Bits != 0)
                {
                    throw Malformed($"an access that ends within 57 bits, {_options.OffsetPages} pages of offset included", line);
                }

                _lines.Advance(line.Length);
                _dataLines++;
                if (tag == 'I' && !_options.InstructionFetches)
                {
                    continue;
                }

                touch = new Touch
                {
                    Page = first + (ulong)_options.OffsetPages,
                    Accesses = tag == 'M' ? 2 : 1,
                    Kind = tag is (byte)'S' or (byte)'M' ? AccessKind.Write : AccessKind.Read,
                };
                if (last != first)
                {
                    _second = touch with { Page = touch.Page + 1 };
                }

                return true;
            }

            if (!line.IsEmpty && !LackeyLine.IsBanner(line))
            {
                throw Malformed(LackeyLine.Explain(line), line);
            }

            _lines.Advance(line.Length);
        }

        if (_dataLines == 0)
        {
            throw new TraceFormatException(
                _file,
                _lines.LineNumber,
                LackeyLine.Layout,
                "the end of a file without any such line; record with --trace-mem=yes");
        }

        touch = default;
        return false;
    }

    private TraceFormatException Malformed(string expected, ReadOnlySpan<byte> line) =>
        new(_file, _lines.LineNumber, expected, LackeyLine.Quote(line));

    /// <summary>Consecutive accesses of one kind to one page. No accesses: nothing.</summary>
    private struct Touch
    {
        public ulong Page;
        public int Accesses;
        public AccessKind Kind;

        public readonly AccessRun Run => new(new(Page), 1, Accesses, Kind);

        /// <summary>The accesses, and the kind in the lowest bit.</summary>
        public readonly ulong Packed => ((ulong)Accesses << 1) | (ulong)Kind;

        public static Touch Unpack(ulong page, ulong packed) => new()
        {
            Page = page,
            Accesses = (int)(packed >> 1),
            Kind = (AccessKind)(packed & 1),
        };
    }
}
