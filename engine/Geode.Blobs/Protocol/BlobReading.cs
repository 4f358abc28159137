using System.Globalization;
using Geode.Blobs.Storage;

namespace Geode.Blobs.Protocol;

/// <summary>"Get Blob", "Get Blob Properties", "Get Blob Metadata".</summary>
internal static class BlobReading
{
    private const int Chunk = 128 * 1024;

    public static async Task ReadAsync(BlobRequest request)
    {
        var blob = request.ExistingBlob();
        BlobConditions.CheckRead(request.Request, blob);
        var isHead = HttpMethods.IsHead(request.Request.Method);
        var range = isHead ? null : ByteRange.Of(request, blob.Length);
        // Replaced or deleted while it was looked up.
        await using var content = isHead ? Stream.Null : request.Account.Files.Open(blob.ContentId!) ?? throw BlobException.BlobNotFound();
        Describe(request, blob);
        var headers = request.Response.Headers;
        headers.AcceptRanges = "bytes";
        headers.ContentType = blob.Headers.ContentType;
        headers.ContentEncoding = blob.Headers.ContentEncoding;
        headers.ContentLanguage = blob.Headers.ContentLanguage;
        headers.ContentDisposition = blob.Headers.ContentDisposition;
        headers.CacheControl = blob.Headers.CacheControl;
        headers[range is null ? "Content-MD5" : BlobHeaderNames.ContentMd5] = blob.Headers.Md5;
        var (start, length) = range is { } part ? (part.Start, part.Length) : (0, blob.Length);
        request.Response.ContentLength = length;
        if (range is not null)
        {
            request.Response.StatusCode = StatusCodes.Status206PartialContent;
            headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{start + length - 1}/{blob.Length}");
        }

        if (isHead)
            return;
        content.Position = start;
        var buffer = new byte[(int)Math.Min(Chunk, Math.Max(1, length))];
        while (length > 0)
        {
            var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), request.Cancellation);
            if (read == 0)
                throw new EndOfStreamException($"The content of '{blob.Container}/{blob.Name}' is shorter than its record says.");
            await request.Response.Body.WriteAsync(buffer.AsMemory(0, read), request.Cancellation);
            length -= read;
        }
    }

    /// <summary>The metadata alone.</summary>
    public static Task DescribeAsync(BlobRequest request)
    {
        var blob = request.ExistingBlob();
        BlobConditions.CheckRead(request.Request, blob);
        Describe(request, blob);
        request.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static void Describe(BlobRequest request, BlobRecord blob)
    {
        var headers = request.Response.Headers;
        headers.ETag = blob.ETag;
        headers.LastModified = BlobRequest.Date(blob.Time);
        headers[BlobHeaderNames.BlobType] = "BlockBlob";
        headers["x-ms-creation-time"] = BlobRequest.Date(blob.Created);
        headers["x-ms-lease-status"] = "unlocked";
        headers["x-ms-lease-state"] = "available";
        foreach (var (name, value) in blob.Metadata)
            headers[BlobHeaderNames.MetadataPrefix + name] = value;
    }
}
