using System.Globalization;

namespace Geode.Blobs.Protocol;

/// <summary>Some bytes of a blob.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>What a request asks for; null: all of it.</summary>
    /// <exception cref="BlobException">400 or 416: there are no such bytes.</exception>
    public static ByteRange? Of(BlobRequest request, long length)
    {
        if ((request.Header(BlobHeaderNames.Range) ?? request.Header("Range")) is not { } text)
            return null;
        var ends = text.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) ? text["bytes=".Length..].Split('-') : [];
        // Azure's store knows no last bytes and no more than one range.
        if (ends.Length != 2 || Number(ends[0]) is not { } start || (ends[1].Length > 0 && Number(ends[1]) is null) || Number(ends[1]) < start)
            throw BlobException.BadHeader("Range", "bytes=START- or bytes=START-END");
        if (start >= length)
        {
            request.Response.Headers.ContentRange = $"bytes */{length}";
            throw new BlobException(416, "InvalidRange", "The range specified is invalid for the current size of the resource.");
        }

        return new(start, Math.Min(Number(ends[1]) ?? long.MaxValue - 1, length - 1) - start + 1);
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
