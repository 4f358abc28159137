using System.Xml;
using System.Xml.Linq;
using Geode.Blobs.Storage;

namespace Geode.Blobs.Protocol;

/// <summary>"Put Block" and "Put Block List": a blob that comes in parts.</summary>
internal static class BlockWriting
{
    private const int LongestList = 16 << 20;
    private const int LongestId = 64;

    public static async Task StageAsync(BlobRequest request)
    {
        request.ExistingContainer();
        var id = request.Query("blockid") ?? "";
        if (!Convert.TryFromBase64String(id, new byte[id.Length], out var length) || length is 0 or > LongestId)
            throw BlobException.BadQuery("blockid", $"1 to {LongestId} bytes in base64");
        var content = await request.Serving.Staged.AddAsync(
            new(request.Container, request.Blob), id, request.Request.ContentLength ?? 0, () => BlobWriting.BodyAsync(request));
        request.Response.StatusCode = StatusCodes.Status201Created;
        request.Response.Headers.ContentMD5 = Convert.ToBase64String(content.Md5);
        request.Response.ContentLength = 0;
    }

    public static async Task CommitAsync(BlobRequest request)
    {
        request.ExistingContainer();
        BlobConditions.CheckWrite(request.Request, request.Account.Blob(request.Container, request.Blob));
        var (headers, metadata) = (BlobWriting.HeadersOf(request) with { ContentType = request.Header(BlobHeaderNames.ContentType) ?? "application/octet-stream" }, request.Metadata());
        var wanted = await ListAsync(request);
        var staged = request.Serving.Staged.Take(new(request.Container, request.Blob));
        try
        {
            var streams = new List<Stream>();
            try
            {
                foreach (var id in wanted)
                {
                    streams.Add(staged.TryGetValue(id, out var block) && request.Account.Files.Open(block.Id) is { } content
                        ? content
                        : throw new BlobException(400, "InvalidBlockList", $"The block '{id}' has not come, or its upload was cut short."));
                }

                BlobWriting.Commit(request, await request.Account.Files.AddAsync(streams, long.MaxValue, request.Cancellation), headers, metadata);
            }
            finally
            {
                foreach (var stream in streams)
                    await stream.DisposeAsync();
            }
        }
        finally
        {
            foreach (var block in staged.Values)
                request.Account.Files.Delete(block.Id);
        }
    }

    private static async Task<IReadOnlyList<string>> ListAsync(BlobRequest request)
    {
        if (request.Request.ContentLength is not (>= 0 and <= LongestList))
            throw new BlobException(413, "RequestBodyTooLarge", $"A list of blocks has at most {LongestList} bytes.");
        try
        {
            var settings = new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit };
            using var reader = XmlReader.Create(request.Request.Body, settings);
            var list = (await XDocument.LoadAsync(reader, LoadOptions.None, request.Cancellation)).Root!;
            if (list.Elements().FirstOrDefault(e => e.Name != "Latest" && e.Name != "Uncommitted") is { } other)
                throw BlobException.NotHere("InvalidBlockList", $"A block that is '{other.Name}' in the list, as one of the blob there was is,");
            return [.. list.Elements().Select(e => e.Value.Trim())];
        }
        catch (XmlException e)
        {
            throw new BlobException(400, "InvalidXmlDocument", $"The list of blocks is no XML: {e.Message}");
        }
    }
}
