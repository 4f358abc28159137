using Microsoft.Extensions.Primitives;

namespace Geode.Blobs.Protocol;

/// <summary>Values of headers that are kept or said again: they must be such as an answer can carry, which is printable ASCII.</summary>
internal static class BlobHeaderValues
{
    private const int Md5Bytes = 16;

    private static readonly string[] Kept = ["Content-Type", "Content-Encoding", "Content-Language", "Cache-Control"];

    public static bool CanBeSaid(string value) => value.All(c => c is >= ' ' and <= '~');

    /// <exception cref="BlobException">400: one of the values could not be answered with, or is no digest.</exception>
    public static void Check(HttpRequest request)
    {
        CheckMd5(request.Headers.ContentMD5);
        CheckMd5(request.Headers[BlobHeaderNames.ContentMd5]);
        foreach (var (name, value) in request.Headers)
        {
            if (CanBeSaid(value.ToString()))
                continue;
            if (name.StartsWith(BlobHeaderNames.MetadataPrefix, StringComparison.OrdinalIgnoreCase))
                throw new BlobException(400, "InvalidMetadata", $"The value of {name} is wrong; allowed are printable ASCII characters.");
            if (name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase) || Kept.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw BlobException.BadHeader(name, "printable ASCII characters");
        }
    }

    private static void CheckMd5(StringValues given)
    {
        if (given is not [{ Length: > 0 } text])
            return;
        Span<byte> bytes = stackalloc byte[Md5Bytes];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length != Md5Bytes)
            throw new BlobException(400, "InvalidMd5", $"The MD5 value specified in the request is invalid; allowed are {Md5Bytes} bytes in base64.");
    }
}
