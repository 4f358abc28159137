using System.Buffers.Binary;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>CRC-32 as in IEEE 802.3 (polynomial 0xEDB88320), eight bytes a step.</summary>
public static class Crc32
{
    private const int Slices = 8;
    private static readonly uint[][] Tables = BuildTables();

    /// <param name="previous">The result for the bytes before these, to go on from; 0 to begin.</param>
    public static uint Compute(ReadOnlySpan<byte> data, uint previous = 0)
    {
        var crc = ~previous;
        var (t0, t1, t2, t3) = (Tables[0], Tables[1], Tables[2], Tables[3]);
        var (t4, t5, t6, t7) = (Tables[4], Tables[5], Tables[6], Tables[7]);
        for (; data.Length >= Slices; data = data[Slices..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = t7[(byte)low] ^ t6[(byte)(low >> 8)] ^ t5[(byte)(low >> 16)] ^ t4[low >> 24]
                ^ t3[(byte)high] ^ t2[(byte)(high >> 8)] ^ t1[(byte)(high >> 16)] ^ t0[high >> 24];
        }

        foreach (var b in data) crc = crc >> 8 ^ t0[(byte)(crc ^ b)];
        return ~crc;
    }

    private static uint[][] BuildTables()
    {
        var tables = new uint[Slices][];
        for (var slice = 0; slice < Slices; slice++)
        {
            tables[slice] = new uint[256];
            for (var i = 0u; i < 256; i++)
                tables[slice][i] = slice == 0 ? Divide(i) : tables[slice - 1][i] >> 8 ^ tables[0][(byte)tables[slice - 1][i]];
        }

        return tables;
    }

    private static uint Divide(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? value >> 1 ^ 0xEDB88320 : value >> 1;
        return value;
    }
}
