using System.Buffers.Text;
using System.Text.Json;

namespace Geode.Service.Mesh;

/// <summary>How far a listener has come in each feed, in a form it can take to another geode.</summary>
/// <param name="Places">A continuation per feed.</param>
/// <param name="Recent">See <see cref="RecentChanges"/>.</param>
internal sealed record MeshCursor(IReadOnlyList<string> Places, byte[] Recent)
{
    public const int MaxLength = 16_384;

    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Null when it is none of ours, or from before the feeds were divided otherwise.</summary>
    public static MeshCursor? Parse(string text, int feeds)
    {
        if (text.Length > MaxLength)
            return null;
        try
        {
            var cursor = JsonSerializer.Deserialize<MeshCursor>(Base64Url.DecodeFromChars(text));
            return cursor is { Places: not null, Recent: not null } && cursor.Places.Count == feeds && !cursor.Places.Any(string.IsNullOrEmpty)
                ? cursor
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
