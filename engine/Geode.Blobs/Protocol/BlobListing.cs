using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Geode.Blobs.Storage;

namespace Geode.Blobs.Protocol;

/// <summary>"List Blobs", flat: a page of a container's blobs by name.</summary>
internal static class BlobListing
{
    private const int Most = 5000;

    public static Task ListAsync(BlobRequest request)
    {
        request.ExistingContainer();
        if (request.Query("delimiter") is { Length: > 0 })
            throw BlobException.NotHere("UnsupportedQueryParameter", "A list by delimiter");
        var include = (request.Query("include") ?? "").ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (include.FirstOrDefault(i => i is not ("metadata" or "uncommittedblobs")) is { } unknown)
            throw BlobException.NotHere("UnsupportedQueryParameter", $"A list that includes '{unknown}'");
        var (prefix, marker) = (request.Query("prefix") ?? "", request.Query("marker") ?? "");
        if (!XmlText.IsIt(prefix))
            throw BlobException.BadQuery("prefix", "what the name of a blob can begin with");
        var most = MostOf(request);
        var found = request.Account.List(request.Container, prefix, NameOf(marker), most + 1);
        var page = found.Take(most);
        return BlobServer.WriteXmlAsync(request.Http, new XElement("EnumerationResults",
            new XAttribute("ServiceEndpoint", $"{request.Request.Scheme}://{request.Request.Host}/{request.Address.Account}/"),
            new XAttribute("ContainerName", request.Container),
            new XElement("Prefix", prefix),
            new XElement("Marker", marker),
            new XElement("MaxResults", most),
            new XElement("Blobs", page.Select(b => Of(b, include.Contains("metadata")))),
            new XElement("NextMarker", found.Count > most ? Convert.ToBase64String(Encoding.UTF8.GetBytes(found[most].Name)) : "")));
    }

    private static int MostOf(BlobRequest request)
    {
        if (request.Query("maxresults") is not { } text)
            return Most;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0
            ? Math.Min(most, Most)
            : throw BlobException.BadQuery("maxresults", $"1 to {Most}");
    }

    private static string NameOf(string marker)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(marker));
        }
        catch (FormatException)
        {
            throw BlobException.BadQuery("marker", "the NextMarker of an earlier page");
        }
    }

    private static XElement Of(BlobRecord blob, bool withMetadata) => new("Blob",
        new XElement("Name", blob.Name),
        new XElement("Properties",
            new XElement("Creation-Time", BlobRequest.Date(blob.Created)),
            new XElement("Last-Modified", BlobRequest.Date(blob.Time)),
            new XElement("Etag", blob.ETag.Trim('"')),
            new XElement("Content-Length", blob.Length),
            new XElement("Content-Type", blob.Headers.ContentType),
            new XElement("Content-Encoding", blob.Headers.ContentEncoding),
            new XElement("Content-Language", blob.Headers.ContentLanguage),
            new XElement("Content-MD5", blob.Headers.Md5),
            new XElement("Cache-Control", blob.Headers.CacheControl),
            new XElement("Content-Disposition", blob.Headers.ContentDisposition),
            new XElement("BlobType", "BlockBlob"),
            new XElement("LeaseStatus", "unlocked"),
            new XElement("LeaseState", "available")),
        withMetadata ? new XElement("Metadata", blob.Metadata.Select(m => new XElement(m.Key, m.Value))) : null);
}
