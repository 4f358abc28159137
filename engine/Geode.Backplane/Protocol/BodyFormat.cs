using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Codecs.Binary;

namespace Geode.Backplane.Protocol;

/// <summary>In which form of JSON a client wants its answer: text, or Cosmos DB's binary.</summary>
public static class BodyFormat
{
    private const string Binary = "CosmosBinary";
    private const string Text = "JsonText";

    /// <summary>Whether a single item, or a batch's items, go out in binary: as soon as the client takes it.</summary>
    public static bool IsBinaryForItems(BackplaneRequest request) =>
        request.Header(CosmosHeaders.ContentSerializationFormat) is { } wanted ? Is(wanted, Binary)
        : request.Header(CosmosHeaders.SupportedSerializationFormats) is { } supported && Lists(supported, Binary);

    /// <summary>Whether a page of rows goes out in binary: where the client takes nothing else. Clients list both forms with every query, whatever
    /// their user wants, and text is what is stored.</summary>
    public static bool IsBinaryForPages(BackplaneRequest request) =>
        request.Header(CosmosHeaders.ContentSerializationFormat) is { } wanted ? Is(wanted, Binary)
        : request.Header(CosmosHeaders.SupportedSerializationFormats) is { } supported && Lists(supported, Binary) && !Lists(supported, Text);

    /// <summary>The body as text, whichever form it came in.</summary>
    /// <exception cref="BinaryFormatException">It is neither text nor a binary document.</exception>
    /// <exception cref="ProtocolException">413: as text it is over the limit.</exception>
    public static ReadOnlyMemory<byte> AsText(ReadOnlyMemory<byte> body, int limit) =>
        BinaryJson.IsBinary(body.Span) ? BinaryJson.ToText(body.Span, limit) : body;

    private static bool Lists(string formats, string format)
    {
        foreach (var part in formats.AsSpan().Split(','))
        {
            if (Is(formats.AsSpan(part), format))
                return true;
        }

        return false;
    }

    private static bool Is(ReadOnlySpan<char> value, string format) => value.Trim().Equals(format, StringComparison.OrdinalIgnoreCase);
}
