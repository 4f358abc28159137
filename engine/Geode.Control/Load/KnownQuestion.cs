using System.Text.Json;

namespace Geode.Control.Load;

/// <summary>A question that a simulated client has seen in a list.</summary>
/// <param name="IsLiked">It is about something that the client likes.</param>
internal sealed record KnownQuestion(string Id, bool IsLiked)
{
    /// <summary>Those of an answer; null when it is no list of questions, as where the service is another one.</summary>
    public static IReadOnlyList<KnownQuestion>? In(ReadOnlyMemory<byte> answer, PlantedTaste taste)
    {
        try
        {
            using var page = JsonDocument.Parse(answer);
            return page.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("items", out var items)
                && items.ValueKind is JsonValueKind.Array
                ? [.. from item in items.EnumerateArray() where Text(item, "id") is not null select new KnownQuestion(Text(item, "id")!, taste.Likes(Tags(item)))]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind is JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    private static IEnumerable<string> Tags(JsonElement item) =>
        item.TryGetProperty("tags", out var tags) && tags.ValueKind is JsonValueKind.Array
            ? tags.EnumerateArray().Where(tag => tag.ValueKind is JsonValueKind.String).Select(tag => tag.GetString()!)
            : [];
}
