using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace Geode.Service.Attachments;

/// <summary>Types of content.</summary>
internal static class AttachmentTypes
{
    public const int Longest = 255;

    // Images that are nothing but images; one of SVG can hold a script.
    private static readonly FrozenSet<string> Shown = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif");

    /// <summary>Whether it is the type of something: <c>image/png</c>, <c>text/plain; charset=utf-8</c>. Only what every header can carry.</summary>
    public static bool IsType(string? text) => text is { Length: > 0 and <= Longest } && text.All(c => c is >= ' ' and <= '~') && MediaTypeHeaderValue.TryParse(text, out var type)
        && !type.MatchesAllTypes && !type.MatchesAllSubTypes;

    /// <summary>Whether a browser may show it in a page, rather than save it.</summary>
    public static bool IsShown(string type) => MediaTypeHeaderValue.TryParse(type, out var parsed) && Shown.Contains(parsed.MediaType.Value!);
}
