using System.Text.Json.Nodes;

namespace Geode.Backplane.Protocol;

/// <summary>Strings of a definition that a client sent.</summary>
internal static class RuleText
{
    /// <summary>The property's text, or another where it is missing or null.</summary>
    /// <exception cref="ProtocolException">400: it is no string.</exception>
    public static string Of(JsonObject? node, string name, string otherwise) => node?[name] switch
    {
        null => otherwise,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => throw ProtocolException.BadRequest($"'{name}' must be a string, not {other.ToJsonString()}."),
    };

    /// <param name="error">What is expected.</param>
    /// <exception cref="ProtocolException">400: there is no such string.</exception>
    public static string Required(JsonNode? node, string name, string error) =>
        node is JsonObject o && o[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw ProtocolException.BadRequest(error);
}
