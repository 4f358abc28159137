namespace Geode.Backplane.Protocol.Codecs;

/// <summary>The bytes of a batch are not what they should be.</summary>
public sealed class BatchFormatException(string what, int position)
    : FormatException($"Malformed batch near byte {position}: {what}.")
{
    public int Position { get; } = position;
}
