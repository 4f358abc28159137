using System.Buffers.Binary;
using System.Text;

namespace Geode.Backplane.Storage.Log;

/// <summary>The first 16 bytes of every file of a replica: what it is, the version of its format, and whose it is.</summary>
/// <param name="magic">Eight ASCII characters.</param>
/// <param name="kind">What it is called to people.</param>
/// <param name="version">The newest format known.</param>
/// <param name="whenForeign">What to do about a file that is none of ours.</param>
internal sealed class DataFileHeader(string magic, string kind, int version, string whenForeign)
{
    public const int Length = 16;

    private readonly byte[] _magic = Encoding.ASCII.GetBytes(magic);

    public void Write(Span<byte> header, RegionId region)
    {
        _magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], version);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], region.Value);
    }

    /// <exception cref="InvalidDataException">Another kind of file, a newer format or another region's data; says what to do.</exception>
    public void Check(string path, ReadOnlySpan<byte> data, RegionId region)
    {
        if (data.Length < Length || !data.StartsWith(_magic))
            throw new InvalidDataException($"'{path}' is not a backplane {kind}. {whenForeign}");
        var found = BinaryPrimitives.ReadInt32LittleEndian(data[8..]);
        if (found > version)
        {
            throw new InvalidDataException(
                $"'{path}' has {kind} format {found}; this program knows up to {version}. Use the newer program, or another --data folder.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(data[12..]) != region.Value)
            throw new InvalidDataException($"'{path}' holds another region's data. Give every region a --data folder of its own.");
    }
}
