using System.Buffers.Binary;
using System.Text;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>
/// Version 1 keys: the 32-bit hash of the value as a number, then the value itself, both in an encoding whose bytes sort
/// like the values. Strings count only up to <see cref="MaxStringLength"/>.
/// </summary>
internal static class EffectivePartitionKeyV1
{
    private const int MaxStringLength = 100;
    private const int MaxComponentBytes = 1 + 3 * MaxStringLength + 1;

    public static string Of(PartitionKeyValue key)
    {
        if (key.Count > 1)
            throw new ArgumentException($"A container with one path has no partition key of {key.Count} levels.", nameof(key));
        var component = Truncate(key[0]);
        Span<byte> bytes = stackalloc byte[MaxComponentBytes];
        var hash = MurmurHash3.Hash32(bytes[..EffectivePartitionKey.Encode(component, bytes, stringEnd: 0)]);
        var length = WriteNumber(hash, bytes);
        length += Write(component, bytes[length..]);
        return Convert.ToHexString(bytes[..length]);
    }

    /// <summary>The key at which the values with this hash begin.</summary>
    public static string OfHash(uint hash)
    {
        Span<byte> bytes = stackalloc byte[1 + 10];
        return Convert.ToHexString(bytes[..WriteNumber(hash, bytes)]);
    }

    private static PartitionKeyComponent Truncate(PartitionKeyComponent component) =>
        component.Type == PartitionKeyType.String && component.Text.Length > MaxStringLength
            ? PartitionKeyComponent.From(component.Text[..MaxStringLength])
            : component;

    private static int Write(PartitionKeyComponent component, Span<byte> destination)
    {
        switch (component.Type)
        {
            case PartitionKeyType.Number:
                return WriteNumber(component.Number, destination);
            case PartitionKeyType.String:
                return WriteString(component.Text, destination);
            default:
                destination[0] = (byte)component.Type;
                return 1;
        }
    }

    private static int WriteString(string text, Span<byte> destination)
    {
        destination[0] = (byte)PartitionKeyType.String;
        Span<byte> utf8 = stackalloc byte[3 * MaxStringLength];
        var length = Encoding.UTF8.GetBytes(text, utf8);

        // One more than the limit marks a string that goes on; only a whole one gets its end mark.
        var whole = length <= MaxStringLength;
        if (!whole) length = MaxStringLength + 1;
        for (var i = 0; i < length; i++) destination[1 + i] = (byte)(utf8[i] == 0xFF ? utf8[i] : utf8[i] + 1);
        if (whole) destination[1 + length++] = 0;
        return 1 + length;
    }

    // The double's bits made to sort like its value; the first byte as it is, then seven bits a byte, the lowest bit
    // of each saying whether another follows.
    private static int WriteNumber(double number, Span<byte> destination)
    {
        var bits = BitConverter.DoubleToUInt64Bits(number);
        bits = bits >> 63 == 0 ? bits ^ 1UL << 63 : ~bits + 1;
        destination[0] = (byte)PartitionKeyType.Number;
        destination[1] = (byte)(bits >> 56);
        var length = 2;
        for (bits <<= 8; ; bits <<= 7)
        {
            var more = bits << 7 != 0;
            destination[length++] = (byte)(bits >> 56 & 0xFE | (more ? 1UL : 0));
            if (!more) return length;
        }
    }
}
