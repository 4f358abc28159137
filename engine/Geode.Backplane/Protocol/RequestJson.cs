using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol;

/// <summary>Request bodies as JSON. Text that is not Unicode is refused here, where it comes in, and not where it is read.</summary>
public static class RequestJson
{
    // Two properties of one name are refused where an object is to be made of them.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="ProtocolException">400: not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        CheckText(body);
        try
        {
            return JsonDocument.Parse(body, ItemText.WrappedOptions);
        }
        catch (JsonException e)
        {
            throw Malformed(body, e);
        }
    }

    /// <exception cref="ProtocolException">400: not a JSON object.</exception>
    public static JsonObject ParseObject(ReadOnlyMemory<byte> body)
    {
        CheckText(body);
        try
        {
            CheckEscapes(body.Span);
            return JsonNode.Parse(body.Span, documentOptions: Strict) as JsonObject ?? throw ProtocolException.BadRequest("The request body must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw Malformed(body, e);
        }
    }

    // An escape can stand for half a character, which no text can hold.
    private static void CheckEscapes(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0)
            return;
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            throw ProtocolException.BadRequest($"The request body has a text that is not Unicode: half a character is escaped before byte {reader.BytesConsumed}.");
        }
    }

    /// <exception cref="ProtocolException">400: not UTF-8.</exception>
    public static void CheckText(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
            throw ProtocolException.BadRequest("The request body is not valid UTF-8.");
    }

    private static ProtocolException Malformed(ReadOnlyMemory<byte> body, JsonException e) => ProtocolException.BadRequest(ItemText.Malformed(body.Span, e).Message);
}
