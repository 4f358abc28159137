using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>
/// Effective partition keys: the place of a partition key in its container's key space, as upper-case hexadecimal that compares
/// ordinally. The space is <c>["", "FF")</c>; hashes have their top two bits clear, so every key is below "FF".
/// </summary>
public static class EffectivePartitionKey
{
    public const string Minimum = "";
    public const string Maximum = "FF";
    private const int HashBytes = 16;
    private const int StackLimit = 512;
    private const byte StringEnd = 0xFF;

    /// <summary>The effective partition key of <paramref name="key"/>; of a prefix, the place where its keys begin.</summary>
    public static string Of(PartitionKeyValue key, PartitionKeyScheme scheme)
    {
        if (key.Count == 0) return Minimum;
        switch (scheme)
        {
            case PartitionKeyScheme.HashV1:
                return EffectivePartitionKeyV1.Of(key);
            case PartitionKeyScheme.HashV2 when key.Count > 1:
                throw new ArgumentException($"A container with one path has no partition key of {key.Count} levels.", nameof(key));
            default:
                Span<byte> hashes = stackalloc byte[PartitionKeyValue.MaxLevels * HashBytes];
                for (var level = 0; level < key.Count; level++) Hash(key[level], hashes[(level * HashBytes)..]);
                return Convert.ToHexString(hashes[..(key.Count * HashBytes)]);
        }
    }

    /// <summary>
    /// The range of keys that begin with <paramref name="prefix"/>, for a container whose keys are full with <paramref name="levels"/>
    /// levels; for a full key, the range that holds it alone.
    /// </summary>
    public static EpkRange RangeOf(PartitionKeyValue prefix, PartitionKeyScheme scheme, int levels)
    {
        var min = Of(prefix, scheme);
        return prefix.Count >= levels ? EpkRange.Point(min)
            : prefix.Count == 0 ? EpkRange.Full
            : new EpkRange(min, min + Maximum);
    }

    /// <summary>Whether the text can be an effective partition key or the end of a range of them: upper-case hex pairs.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length % 2 == 0 && !text.ContainsAnyExcept("0123456789ABCDEF");

    private static void Hash(PartitionKeyComponent component, Span<byte> destination)
    {
        var max = 1 + (component.Type == PartitionKeyType.String ? Encoding.UTF8.GetMaxByteCount(component.Text.Length) + 1 : sizeof(double));
        var rented = max > StackLimit ? ArrayPool<byte>.Shared.Rent(max) : null;
        var bytes = rented ?? stackalloc byte[StackLimit];
        var hash = MurmurHash3.Hash128(bytes[..Encode(component, bytes, StringEnd)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);

        BinaryPrimitives.WriteUInt128BigEndian(destination, hash);
        destination[0] &= 0x3F;
    }

    /// <summary>Writes the bytes that are hashed: the type's marker, then the number (little-endian) or the text and its end mark.</summary>
    internal static int Encode(PartitionKeyComponent component, Span<byte> destination, byte stringEnd)
    {
        destination[0] = (byte)component.Type;
        switch (component.Type)
        {
            case PartitionKeyType.Number:
                BinaryPrimitives.WriteDoubleLittleEndian(destination[1..], component.Number);
                return 1 + sizeof(double);
            case PartitionKeyType.String:
                var length = Encoding.UTF8.GetBytes(component.Text, destination[1..]);
                destination[1 + length] = stringEnd;
                return length + 2;
            default:
                return 1;
        }
    }
}
