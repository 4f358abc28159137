using System.Buffers.Binary;
using System.Text.Json;
using Geode.Blobs.Storage;

namespace Geode.Blobs.Replication;

/// <summary>Changes on their way to the copy: for each the length of a record in four bytes (little-endian), the record as JSON, and its content.</summary>
internal static class ChangeFrames
{
    private const int LongestRecord = 1 << 20;

    public static async Task WriteAsync(Stream to, BlobRecord record, Stream? content, CancellationToken cancellation)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        await to.WriteAsync(length, cancellation);
        await to.WriteAsync(json, cancellation);
        if (content is not null)
            await content.CopyToAsync(to, cancellation);
    }

    /// <summary>The next record; null: there is no more. Its content follows in the stream.</summary>
    /// <exception cref="InvalidDataException">Not such a stream.</exception>
    /// <exception cref="EndOfStreamException">It ends in the middle.</exception>
    public static async Task<BlobRecord?> ReadAsync(Stream from, CancellationToken cancellation)
    {
        var length = new byte[sizeof(int)];
        if (await from.ReadAtLeastAsync(length, 1, throwOnEndOfStream: false, cancellation) is var read && read == 0)
            return null;
        await from.ReadExactlyAsync(length.AsMemory(read), cancellation);
        var size = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (size is <= 0 or > LongestRecord)
            throw new InvalidDataException($"A record of {size} bytes; allowed are 1 to {LongestRecord}.");
        var json = new byte[size];
        await from.ReadExactlyAsync(json, cancellation);
        try
        {
            return JsonSerializer.Deserialize<BlobRecord>(json) ?? throw new InvalidDataException("A record is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"A record is not one: {e.Message}", e);
        }
    }
}
