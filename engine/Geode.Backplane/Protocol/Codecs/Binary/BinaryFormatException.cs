namespace Geode.Backplane.Protocol.Codecs.Binary;

/// <summary>The bytes of a binary JSON document are not what they should be; the message is for the client.</summary>
public sealed class BinaryFormatException(string what, int position)
    : FormatException($"The request body is not valid binary JSON: {what}, near byte {position}.")
{
    public int Position { get; } = position;
}
