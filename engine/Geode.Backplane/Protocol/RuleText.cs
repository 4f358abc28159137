using System.Text.Json.Nodes;

namespace Geode.Backplane.Protocol;

/// <summary>Strings and whole numbers of a definition that a client sent.</summary>
internal static class RuleText
{
    /// <summary>The text; null where it is missing or something else.</summary>
    public static string? Find(JsonNode? value) => value is JsonValue known && known.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The property's text; null where there is none or it is something else.</summary>
    public static string? Find(JsonNode? node, string name) => Find((node as JsonObject)?[name]);

    /// <summary>The whole number; null where it is missing or something else.</summary>
    public static int? Number(JsonNode? value) => value is JsonValue known && known.TryGetValue<int>(out var number) ? number : null;

    /// <summary>The property's text, or another where it is missing or null.</summary>
    /// <exception cref="ProtocolException">400: it is no string.</exception>
    public static string Of(JsonObject? node, string name, string otherwise) => node?[name] switch
    {
        null => otherwise,
        var value when Find(value) is { } text => text,
        var other => throw ProtocolException.BadRequest($"'{name}' must be a string, not {other.ToJsonString()}."),
    };

    /// <param name="error">What is expected.</param>
    /// <exception cref="ProtocolException">400: there is no such string.</exception>
    public static string Required(JsonNode? node, string name, string error) =>
        Find(node, name) ?? throw ProtocolException.BadRequest(error);
}
