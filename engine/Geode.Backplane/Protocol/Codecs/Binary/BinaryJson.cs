namespace Geode.Backplane.Protocol.Codecs.Binary;

/// <summary>Cosmos DB's binary form of JSON, which clients may send and ask for. What is stored is text: this translates.</summary>
public static class BinaryJson
{
    /// <summary>Whether a body is in this form. Text never begins so, and HybridRow has another first byte.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> body) => body is [BinaryMarker.Preamble, ..];

    /// <summary>The document as UTF-8 text.</summary>
    /// <param name="limit">The most bytes that the text may have. A few bytes can stand for many, so this also bounds the memory.</param>
    /// <exception cref="BinaryFormatException">The bytes are malformed.</exception>
    /// <exception cref="ProtocolException">413: the text is longer than the limit.</exception>
    public static byte[] ToText(ReadOnlySpan<byte> binary, int limit)
    {
        var text = new JsonTextBuffer(binary.Length, limit);
        new BinaryDecoder(binary, text).Read();
        return text.ToArray();
    }

    /// <summary>The document in binary form.</summary>
    /// <param name="json">Valid UTF-8 JSON.</param>
    public static ReadOnlyMemory<byte> FromText(ReadOnlySpan<byte> json) => BinaryEncoder.Encode(json);
}
