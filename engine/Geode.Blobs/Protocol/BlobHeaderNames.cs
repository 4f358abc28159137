namespace Geode.Blobs.Protocol;

/// <summary>Headers of Azure Storage that are spoken here.</summary>
internal static class BlobHeaderNames
{
    public const string Date = "x-ms-date";
    public const string Version = "x-ms-version";
    public const string ClientRequestId = "x-ms-client-request-id";
    public const string RequestId = "x-ms-request-id";
    public const string ErrorCode = "x-ms-error-code";
    public const string BlobType = "x-ms-blob-type";
    public const string ContentType = "x-ms-blob-content-type";
    public const string ContentEncoding = "x-ms-blob-content-encoding";
    public const string ContentLanguage = "x-ms-blob-content-language";
    public const string ContentDisposition = "x-ms-blob-content-disposition";
    public const string ContentMd5 = "x-ms-blob-content-md5";
    public const string CacheControl = "x-ms-blob-cache-control";
    public const string Range = "x-ms-range";
    public const string DeleteSnapshots = "x-ms-delete-snapshots";
    public const string MetadataPrefix = "x-ms-meta-";

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        Date, Version, ClientRequestId, "x-ms-return-client-request-id", BlobType, ContentType, ContentEncoding, ContentLanguage, ContentDisposition, ContentMd5,
        CacheControl, Range, DeleteSnapshots,
    };

    /// <summary>Refuses what would otherwise be passed over: a lease, a tier, a key of the client's own.</summary>
    /// <exception cref="BlobException">501: one of the headers means something that is not here.</exception>
    public static void Check(HttpRequest request)
    {
        foreach (var name in request.Headers.Keys)
        {
            if (name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase) && !Known.Contains(name) && !name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
                throw BlobException.NotHere("UnsupportedHeader", $"The header {name}");
        }
    }
}
