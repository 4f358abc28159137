using System.Buffers.Binary;
using System.Numerics;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>
/// Austin Appleby's MurmurHash3, the x86 32-bit and x64 128-bit variants with seed 0
/// (https://github.com/aappleby/smhasher/wiki/MurmurHash3).
/// </summary>
public static class MurmurHash3
{
    public static uint Hash32(ReadOnlySpan<byte> data)
    {
        const uint c1 = 0xcc9e2d51, c2 = 0x1b873593;
        var hash = 0u;
        var length = data.Length;
        for (; data.Length >= 4; data = data[4..])
        {
            hash ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt32LittleEndian(data) * c1, 15) * c2;
            hash = BitOperations.RotateLeft(hash, 13) * 5 + 0xe6546b64;
        }

        var tail = 0u;
        for (var i = 0; i < data.Length; i++) tail |= (uint)data[i] << (8 * i);
        hash ^= BitOperations.RotateLeft(tail * c1, 15) * c2;

        hash ^= (uint)length;
        hash = (hash ^ hash >> 16) * 0x85ebca6b;
        hash = (hash ^ hash >> 13) * 0xc2b2ae35;
        return hash ^ hash >> 16;
    }

    public static UInt128 Hash128(ReadOnlySpan<byte> data)
    {
        const ulong c1 = 0x87c37b91114253d5, c2 = 0x4cf5ad432745937f;
        ulong low = 0, high = 0;
        var length = (ulong)data.Length;
        for (; data.Length >= 16; data = data[16..])
        {
            low ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(data) * c1, 31) * c2;
            low = (BitOperations.RotateLeft(low, 27) + high) * 5 + 0x52dce729;
            high ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(data[8..]) * c2, 33) * c1;
            high = (BitOperations.RotateLeft(high, 31) + low) * 5 + 0x38495ab5;
        }

        Span<byte> padded = stackalloc byte[16];
        padded.Clear();
        data.CopyTo(padded);
        low ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(padded) * c1, 31) * c2;
        high ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(padded[8..]) * c2, 33) * c1;

        low ^= length;
        high ^= length;
        low += high;
        high += low;
        low = Mix(low);
        high = Mix(high);
        low += high;
        high += low;
        return new UInt128(high, low);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ value >> 33) * 0xff51afd7ed558ccd;
        value = (value ^ value >> 33) * 0xc4ceb9fe1a85ec53;
        return value ^ value >> 33;
    }
}
