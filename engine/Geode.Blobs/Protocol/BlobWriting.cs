using Geode.Blobs.Storage;
using Microsoft.AspNetCore.Http.Features;

namespace Geode.Blobs.Protocol;

/// <summary>"Put Blob", "Set Blob Metadata", "Set Blob Properties", "Delete Blob".</summary>
internal static class BlobWriting
{
    private const string DefaultType = "application/octet-stream";

    public static async Task PutAsync(BlobRequest request)
    {
        if (request.Header(BlobHeaderNames.BlobType) is not "BlockBlob")
            throw request.Header(BlobHeaderNames.BlobType) is "PageBlob" or "AppendBlob"
                ? BlobException.NotHere("UnsupportedHeader", "A page blob or append blob")
                : BlobException.BadHeader(BlobHeaderNames.BlobType, "BlockBlob");
        // Before a body that nobody wants is read.
        request.ExistingContainer();
        BlobConditions.CheckWrite(request.Request, request.Account.Blob(request.Container, request.Blob));
        var metadata = request.Metadata();
        var content = await BodyAsync(request);
        var headers = HeadersOf(request) with { Md5 = request.Header(BlobHeaderNames.ContentMd5) ?? Convert.ToBase64String(content.Md5) };
        Commit(request, content, headers, metadata);
    }

    /// <summary>The request's body as content.</summary>
    /// <exception cref="BlobException">It is not what its digest says, or too large, or of unknown length.</exception>
    public static async Task<BlobContent> BodyAsync(BlobRequest request)
    {
        if (request.Request.ContentLength is not { } length)
            throw new BlobException(411, "MissingContentLengthHeader", "The length of the content must be given.");
        if (length > BlobRequest.MostBytes)
            throw new BlobException(413, "RequestBodyTooLarge", $"One request has at most {BlobRequest.MostBytes} bytes; larger blobs come in blocks.");
        request.Http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = BlobRequest.MostBytes;
        var content = await request.Account.Files.AddAsync([request.Request.Body], BlobRequest.MostBytes, request.Cancellation);
        if (request.Header("Content-MD5") is { } md5 && md5 != Convert.ToBase64String(content.Md5))
        {
            request.Account.Files.Delete(content.Id);
            throw new BlobException(400, "Md5Mismatch", "The MD5 value specified in the request did not match with the MD5 value calculated by the server.");
        }

        return content;
    }

    /// <summary>Makes a content the blob's, if the request's conditions still hold.</summary>
    public static void Commit(BlobRequest request, BlobContent content, BlobHeaders headers, IReadOnlyDictionary<string, string> metadata)
    {
        BlobRecord made;
        try
        {
            made = request.Account.Change(request.Container, request.Blob, now =>
            {
                request.ExistingContainer();
                BlobConditions.CheckWrite(request.Request, now);
                return new BlobRecord("", "", 0, default)
                {
                    ContentId = content.Id,
                    Length = content.Length,
                    Headers = headers,
                    Metadata = metadata,
                    Created = now?.Created ?? default,
                };
            })!;
        }
        catch
        {
            // Unless a record names it already: then it is that one's, whatever failed afterwards.
            if (request.Account.Blob(request.Container, request.Blob)?.ContentId != content.Id)
                request.Account.Files.Delete(content.Id);
            throw;
        }

        request.Changed(StatusCodes.Status201Created, made);
        request.Response.Headers["x-ms-request-server-encrypted"] = "false";
        if (headers.Md5 is not null)
            request.Response.Headers.ContentMD5 = headers.Md5;
    }

    public static BlobHeaders HeadersOf(BlobRequest request) => new(
        request.Header(BlobHeaderNames.ContentType) ?? request.Header("Content-Type") ?? DefaultType,
        request.Header(BlobHeaderNames.ContentEncoding) ?? request.Header("Content-Encoding"),
        request.Header(BlobHeaderNames.ContentLanguage) ?? request.Header("Content-Language"),
        request.Header(BlobHeaderNames.ContentDisposition),
        request.Header(BlobHeaderNames.CacheControl) ?? request.Header("Cache-Control"),
        request.Header(BlobHeaderNames.ContentMd5));

    public static Task SetMetadataAsync(BlobRequest request)
    {
        var metadata = request.Metadata();
        return ChangeAsync(request, StatusCodes.Status200OK, now => now with { Metadata = metadata });
    }

    public static Task SetHeadersAsync(BlobRequest request) => ChangeAsync(request, StatusCodes.Status200OK, now => now with
    {
        // What is not given is cleared, as in Azure.
        Headers = new(request.Header(BlobHeaderNames.ContentType), request.Header(BlobHeaderNames.ContentEncoding), request.Header(BlobHeaderNames.ContentLanguage),
            request.Header(BlobHeaderNames.ContentDisposition), request.Header(BlobHeaderNames.CacheControl), request.Header(BlobHeaderNames.ContentMd5)),
    });

    public static async Task DeleteAsync(BlobRequest request)
    {
        if (request.Header(BlobHeaderNames.DeleteSnapshots) is not (null or "include"))
            throw BlobException.NotHere("UnsupportedHeader", "A deletion of snapshots alone");
        await ChangeAsync(request, StatusCodes.Status202Accepted, now => now with { IsDeleted = true, ContentId = null, Length = 0 });
    }

    private static Task ChangeAsync(BlobRequest request, int status, Func<BlobRecord, BlobRecord> change)
    {
        request.ExistingContainer();
        var made = request.Account.Change(request.Container, request.Blob, now =>
        {
            if (now is null)
                throw BlobException.BlobNotFound();
            BlobConditions.CheckWrite(request.Request, now);
            return change(now);
        })!;
        request.Changed(status, made);
        return Task.CompletedTask;
    }
}
