using System.Text.Json;

namespace Geode.Backplane.Storage;

/// <summary>What holds for an item's text: how deep it may nest, and what is said of text that is no item.</summary>
public static class ItemText
{
    /// <summary>The most arrays and objects within one another, the item itself being the first.</summary>
    public const int DeepestNesting = 128;

    // What requests and scripts put around an item.
    private const int Wrapping = 16;

    /// <summary>For reading an item.</summary>
    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = DeepestNesting };

    /// <summary>For reading an item that has been checked.</summary>
    public static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = DeepestNesting };

    /// <summary>For reading a request with items in it.</summary>
    public static readonly JsonDocumentOptions WrappedOptions = new() { MaxDepth = DeepestNesting + Wrapping };

    /// <summary>Why a body cannot be read, for the client.</summary>
    /// <param name="reason">What the reader said.</param>
    public static FormatException Malformed(ReadOnlySpan<byte> body, Exception reason)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
            return new FormatException("The request body is empty.", reason);
        if (body.StartsWith("\uFEFF"u8))
            return new FormatException("The request body begins with a byte order mark, which is no JSON.", reason);
        if (IsTooDeep(body))
            return new FormatException($"The request body nests arrays and objects deeper than the {DeepestNesting} levels that an item may have.", reason);
        return new FormatException($"The request body is not valid JSON: {reason.Message}", reason);
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= DeepestNesting && reader.TokenType is (JsonTokenType.StartObject or JsonTokenType.StartArray))
                    return true;
            }
        }
        catch (JsonException)
        {
            // The mistake comes before that depth.
        }

        return false;
    }
}
