using System.Globalization;
using Geode.Blobs.Storage;

namespace Geode.Blobs.Protocol;

/// <summary>One request, and what is asked of it more than once.</summary>
internal sealed record BlobRequest(HttpContext Http, BlobAddress Address, BlobAccount Account, BlobServing Serving)
{
    /// <summary>What one request may carry. Clients cut what is larger into blocks.</summary>
    public const long MostBytes = 256L << 20;

    public HttpRequest Request => Http.Request;

    public HttpResponse Response => Http.Response;

    public CancellationToken Cancellation => Http.RequestAborted;

    public string Container => Address.Container!;

    public string Blob => Address.Blob!;

    public string? Query(string name) => Request.Query[name] is [{ } value] ? value : null;

    public string? Header(string name) => Request.Headers[name] is [{ Length: > 0 } value] ? value : null;

    /// <exception cref="BlobException">404: there is no such container.</exception>
    public BlobRecord ExistingContainer() => Account.Container(Container) ?? throw BlobException.ContainerNotFound();

    /// <exception cref="BlobException">404: there is no such blob, or no such container.</exception>
    public BlobRecord ExistingBlob()
    {
        ExistingContainer();
        return Account.Blob(Container, Blob) ?? throw BlobException.BlobNotFound();
    }

    /// <exception cref="BlobException">400: a name or a value cannot be kept.</exception>
    public IReadOnlyDictionary<string, string> Metadata()
    {
        var metadata = Request.Headers.Where(h => h.Key.StartsWith(BlobHeaderNames.MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(h => h.Key[BlobHeaderNames.MetadataPrefix.Length..].ToLowerInvariant(), h => h.Value.ToString());
        if (metadata.Keys.FirstOrDefault(n => n.Length == 0 || char.IsAsciiDigit(n[0]) || !n.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) is { } wrong)
            throw new BlobException(400, "InvalidMetadata", $"'{wrong}' is no name of metadata: letters, digits and underscores, and no digit first.");
        return metadata.Sum(m => m.Key.Length + m.Value.Length) <= 8192 ? metadata : throw new BlobException(400, "MetadataTooLarge", "Metadata has at most 8 KiB.");
    }

    /// <summary>Says what a change has made of it.</summary>
    public void Changed(int status, BlobRecord record)
    {
        Response.StatusCode = status;
        Response.Headers.ETag = record.ETag;
        Response.Headers.LastModified = Date(record.Time);
        Response.ContentLength = 0;
    }

    public static string Date(DateTimeOffset time) => time.ToString("r", CultureInfo.InvariantCulture);
}
