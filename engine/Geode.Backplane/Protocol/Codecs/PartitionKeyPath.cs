using System.Text;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>
/// A path from a partition key definition: <c>/a/b</c>. A segment with other than letters, digits or underscores may be quoted,
/// <c>/"a b"/c</c>, with a backslash before a quote or a backslash inside.
/// </summary>
public sealed class PartitionKeyPath
{
    private readonly byte[][] _segments;

    private PartitionKeyPath(string text, List<string> segments)
    {
        Text = text;
        Segments = segments;
        _segments = [.. segments.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    /// <summary>Property names, outermost first; at least one.</summary>
    public IReadOnlyList<string> Segments { get; }

    internal int Length => _segments.Length;

    /// <exception cref="FormatException">The text is no such path.</exception>
    public static PartitionKeyPath Parse(string text)
    {
        var segments = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '/') throw Malformed(text, at, "expected '/'");
            at++;
            var segment = at < text.Length && text[at] is '"' or '\''
                ? ReadQuoted(text, ref at)
                : ReadPlain(text, ref at);
            segments.Add(segment);
        }

        return segments.Count > 0 ? new PartitionKeyPath(text, segments) : throw Malformed(text, 0, "expected '/'");
    }

    /// <summary>Whether the text is such a path.</summary>
    public static bool IsOne(string? text)
    {
        try
        {
            return text is not null && Parse(text).Segments.Count > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    internal ReadOnlySpan<byte> Segment(int depth) => _segments[depth];

    public override string ToString() => Text;

    private static string ReadPlain(string text, ref int at)
    {
        var end = text.IndexOf('/', at);
        if (end < 0) end = text.Length;
        var segment = text[at..end].Trim();
        if (segment.Length == 0) throw Malformed(text, at, "empty segment");
        if (segment.AsSpan().ContainsAny("\"'?*[]")) throw Malformed(text, at, "a segment with quotes, brackets, '?' or '*' must be quoted");
        at = end;
        return segment;
    }

    private static string ReadQuoted(string text, ref int at)
    {
        var start = at;
        var quote = text[at++];
        var segment = new StringBuilder();
        for (; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                at++;
                return segment.Length > 0 ? segment.ToString() : throw Malformed(text, start, "empty segment");
            }

            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '\\' or '"' or '\'') at++;
            segment.Append(text[at]);
        }

        throw Malformed(text, start, "unclosed quote");
    }

    private static FormatException Malformed(string text, int at, string what) =>
        new($"Invalid partition key path '{text}' at position {at}: {what}. A path is like /a/b or /\"a b\"/c.");
}
