using System.Globalization;
using System.Text.Json.Nodes;

namespace Geode.Backplane.Protocol.Patching;

/// <summary>Where a patch operation works: a JSON pointer (RFC 6901) below the item.</summary>
public sealed class PatchPointer
{
    private PatchPointer(string text, string[] segments) => (Text, Segments) = (text, segments);

    public string Text { get; }

    /// <summary>Property names and array indexes, outermost first; at least one.</summary>
    public IReadOnlyList<string> Segments { get; }

    public string Last => Segments[^1];

    /// <exception cref="FormatException">The text is no pointer, or it points at the item as a whole.</exception>
    public static PatchPointer Parse(string text)
    {
        if (text.Length < 2 || text[0] != '/')
            throw new FormatException($"The patch path '{text}' is not a path such as /address/zip or /tags/0.");
        var segments = text[1..].Split('/');
        return segments.Any(s => s.Length == 0)
            ? throw new FormatException($"The patch path '{text}' has an empty segment.")
            : new PatchPointer(text, [.. segments.Select(s => s.Replace("~1", "/").Replace("~0", "~"))]);
    }

    /// <summary>Whether one of the two lies inside the other, or they are the same.</summary>
    public bool Overlaps(IReadOnlyList<string> other)
    {
        for (var i = 0; i < Math.Min(Segments.Count, other.Count); i++)
        {
            if (Segments[i] != other[i])
                return false;
        }

        return true;
    }

    public bool IsInside(PatchPointer other) => Segments.Count > other.Segments.Count && Overlaps(other.Segments);

    /// <summary>The object or array that the last segment belongs to.</summary>
    /// <exception cref="MissingParentException">Nothing is there.</exception>
    /// <exception cref="FormatException">What is there has no members.</exception>
    public JsonNode FindParent(JsonNode root)
    {
        var node = root;
        foreach (var segment in Segments.Take(Segments.Count - 1))
        {
            node = node switch
            {
                JsonObject o when o.TryGetPropertyValue(segment, out var value) => value,
                JsonArray a when Index(segment) is { } i && i < a.Count => a[i],
                _ => null,
            } ?? throw new MissingParentException(segment);
        }

        return node is JsonObject or JsonArray
            ? node
            : throw new FormatException($"The patch path '{Text}' leads into a value that is neither an object nor an array.");
    }

    /// <summary>A segment as an array index; null when it is none.</summary>
    public static int? Index(string segment) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && (segment.Length == 1 || segment[0] != '0') ? index : null;

    public override string ToString() => Text;
}

/// <summary>A path ends before its last segment.</summary>
/// <param name="segment">Which the item does not have.</param>
public sealed class MissingParentException(string segment) : FormatException($"There is no '{segment}' in the item.")
{
    public string Segment => segment;
}
