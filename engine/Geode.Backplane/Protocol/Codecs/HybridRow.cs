namespace Geode.Backplane.Protocol.Codecs;

/// <summary>The parts of HybridRow, a little-endian row format, that batches are made of.</summary>
/// <remarks>
/// A row is the version byte, its schema's id, a byte of presence bits, the present fields in the schema's order, then sparse
/// fields: type code, path token, value. A stream of rows begins with a segment row; each record is a row with its length and
/// checksum, then the payload row.
/// </remarks>
internal static class HybridRow
{
    public const byte Version = 0x81;

    public const int SegmentSchema = 2_147_473_648;
    public const int RecordSchema = 2_147_473_649;
    public const int OperationSchema = 2_145_473_648;
    public const int ResultSchema = 2_145_473_649;

    /// <summary>Version and schema id.</summary>
    public const int HeaderLength = 5;

    /// <summary>Header, presence, own length.</summary>
    public const int SegmentLength = HeaderLength + 1 + 4;

    /// <summary>Header, length of the payload, checksum of the payload.</summary>
    public const int RecordLength = HeaderLength + 4 + 4;

    public const byte SegmentHasLength = 0x01;

    // Type codes of sparse fields.
    public const byte False = 2;
    public const byte True = 3;
    public const byte Int32 = 7;
    public const byte UInt32 = 11;
    public const byte Float64 = 16;
    public const byte Utf8 = 20;
}
