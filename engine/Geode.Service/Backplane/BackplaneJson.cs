using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Geode.Service.Backplane;

/// <summary>How documents are written: camel case, absent rather than null.</summary>
public static class BackplaneJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>What a document, or a part of one, says; null: it was cut, or somebody else wrote it.</summary>
    internal static T? ReadOrNull<T>(JsonElement document)
        where T : class
    {
        try
        {
            return document.Deserialize<T>(Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A copy of a document without what the backplane added to it (<c>_etag</c>, <c>_ts</c>, …).</summary>
    public static JsonObject Own(JsonObject document) =>
        new(document.Where(property => !property.Key.StartsWith('_')).Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));
}
