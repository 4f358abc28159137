using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>What became of one operation of a batch.</summary>
public readonly ref struct BatchOperationResult
{
    /// <summary>An HTTP status.</summary>
    public required int Status { get; init; }

    public int SubStatus { get; init; }

    /// <summary>With its quotes; null when there is none.</summary>
    public string? ETag { get; init; }

    /// <summary>The item as UTF-8 JSON; empty when it is not returned.</summary>
    public ReadOnlySpan<byte> Body { get; init; }

    /// <summary>Request units.</summary>
    public required double RequestCharge { get; init; }

    /// <summary>Milliseconds to wait before another try; null when not throttled.</summary>
    public uint? RetryAfterMs { get; init; }
}

/// <summary>Writes the body of the response to a batch: <see cref="Begin"/>, then one <see cref="Write"/> for each operation in order.</summary>
public static class BatchResponseWriter
{
    private const byte StatusFields = 0x03;
    private const byte HasETag = 0x04;
    private const byte HasBody = 0x08;

    private const byte RetryAfterPath = 5;
    private const byte RequestChargePath = 6;

    /// <summary>Header, presence, status and sub-status.</summary>
    private const int FixedLength = HybridRow.HeaderLength + 1 + 4 + 4;
    private const int RequestChargeLength = 2 + sizeof(double);
    private const int RetryAfterLength = 2 + sizeof(uint);

    public static void Begin(IBufferWriter<byte> output)
    {
        var span = output.GetSpan(HybridRow.SegmentLength);
        var at = WriteHeader(span, HybridRow.SegmentSchema);
        span[at++] = HybridRow.SegmentHasLength;
        BinaryPrimitives.WriteInt32LittleEndian(span[at..], HybridRow.SegmentLength);
        output.Advance(HybridRow.SegmentLength);
    }

    public static void Write(IBufferWriter<byte> output, in BatchOperationResult result)
    {
        var etag = result.ETag is null ? 0 : Encoding.UTF8.GetByteCount(result.ETag);
        var length = FixedLength + RequestChargeLength
            + (result.ETag is null ? 0 : VarIntLength(etag) + etag)
            + (result.Body.IsEmpty ? 0 : VarIntLength(result.Body.Length) + result.Body.Length)
            + (result.RetryAfterMs is null ? 0 : RetryAfterLength);

        var span = output.GetSpan(HybridRow.RecordLength + length);
        var row = span.Slice(HybridRow.RecordLength, length);
        WriteRow(row, result, etag);

        var at = WriteHeader(span, HybridRow.RecordSchema);
        BinaryPrimitives.WriteInt32LittleEndian(span[at..], length);
        BinaryPrimitives.WriteUInt32LittleEndian(span[(at + 4)..], Crc32.Compute(row));
        output.Advance(HybridRow.RecordLength + length);
    }

    private static void WriteRow(Span<byte> row, in BatchOperationResult result, int etagLength)
    {
        var at = WriteHeader(row, HybridRow.ResultSchema);
        row[at++] = (byte)(StatusFields | (result.ETag is null ? 0 : HasETag) | (result.Body.IsEmpty ? 0 : HasBody));
        BinaryPrimitives.WriteInt32LittleEndian(row[at..], result.Status);
        BinaryPrimitives.WriteInt32LittleEndian(row[(at + 4)..], result.SubStatus);
        at += 8;
        if (result.ETag is not null)
        {
            at += WriteVarInt(row[at..], etagLength);
            at += Encoding.UTF8.GetBytes(result.ETag, row[at..]);
        }

        if (!result.Body.IsEmpty)
        {
            at += WriteVarInt(row[at..], result.Body.Length);
            result.Body.CopyTo(row[at..]);
            at += result.Body.Length;
        }

        if (result.RetryAfterMs is { } retryAfter)
        {
            (row[at], row[at + 1]) = (HybridRow.UInt32, RetryAfterPath);
            BinaryPrimitives.WriteUInt32LittleEndian(row[(at + 2)..], retryAfter);
            at += RetryAfterLength;
        }

        (row[at], row[at + 1]) = (HybridRow.Float64, RequestChargePath);
        BinaryPrimitives.WriteDoubleLittleEndian(row[(at + 2)..], result.RequestCharge);
    }

    private static int WriteHeader(Span<byte> destination, int schema)
    {
        destination[0] = HybridRow.Version;
        BinaryPrimitives.WriteInt32LittleEndian(destination[1..], schema);
        return HybridRow.HeaderLength;
    }

    private static int WriteVarInt(Span<byte> destination, int value)
    {
        var rest = (uint)value;
        var length = 0;
        for (; rest >= 0x80; rest >>= 7) destination[length++] = (byte)(rest | 0x80);
        destination[length++] = (byte)rest;
        return length;
    }

    private static int VarIntLength(int value)
    {
        var length = 1;
        for (var rest = (uint)value; rest >= 0x80; rest >>= 7) length++;
        return length;
    }
}
