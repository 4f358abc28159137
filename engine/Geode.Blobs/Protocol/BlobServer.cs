using System.Text;
using System.Xml.Linq;
using Geode.Blobs.Storage;

namespace Geode.Blobs.Protocol;

/// <summary>The HTTP surface of accounts: who asks, for what, may it be; then the operation.</summary>
/// <remarks>Of the REST API of Azure Storage, as its .NET client uses it: containers, block blobs, lists, statistics. What is not here is refused with 501
/// and the name of what it is.</remarks>
public sealed partial class BlobServer(SharedKey key, ILogger<BlobServer> log)
{
    private const string NewestVersion = "2026-06-06";

    /// <param name="refusal">What the store says instead of an answer, an outage for example; null: it answers.</param>
    public async Task HandleAsync(HttpContext http, BlobServing serving, BlobException? refusal = null)
    {
        var headers = http.Response.Headers;
        headers[BlobHeaderNames.RequestId] = Guid.NewGuid().ToString();
        headers[BlobHeaderNames.Version] = http.Request.Headers[BlobHeaderNames.Version] is [{ Length: > 0 } version] && BlobHeaderValues.CanBeSaid(version) ? version : NewestVersion;
        if (http.Request.Headers[BlobHeaderNames.ClientRequestId] is [{ Length: > 0 } id] && BlobHeaderValues.CanBeSaid(id))
            headers[BlobHeaderNames.ClientRequestId] = id;
        try
        {
            if (refusal is not null)
                throw refusal;
            var address = BlobAddress.Of(http.Request);
            key.Check(http.Request, address, serving.SignedAs);
            BlobHeaderNames.Check(http.Request);
            BlobHeaderValues.Check(http.Request);
            var request = new BlobRequest(http, address, serving.Account, serving);
            if (serving.IsCopy && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
                throw new BlobException(403, "InsufficientAccountPermissions", "Write operations are not allowed: this is the copy in the region's pair.");
            await HandleAsync(request);
        }
        catch (BlobException e)
        {
            await RefuseAsync(http, e);
        }
        catch (ContentTooLargeException e)
        {
            await RefuseAsync(http, new BlobException(413, "RequestBodyTooLarge", e.Message));
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(http, new BlobException(e.StatusCode, e.StatusCode == 413 ? "RequestBodyTooLarge" : "InvalidInput", e.Message));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is nobody to answer.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            LogFailed(log, e, http.Request.Method, http.Request.Path);
            await RefuseAsync(http, new BlobException(500, "InternalError", "The store failed on this request; its log has the reason."));
        }
    }

    private static Task HandleAsync(BlobRequest request)
    {
        var what = (request.Request.Method, request.Query("restype"), request.Query("comp"));
        if (request.Query("snapshot") is not null || request.Query("versionid") is not null)
            throw BlobException.NotHere("UnsupportedQueryParameter", "A snapshot or version");
        return request.Address switch
        {
            { Blob: not null } => what switch
            {
                ("GET" or "HEAD", null, null) => BlobReading.ReadAsync(request),
                ("GET" or "HEAD", null, "metadata") => BlobReading.DescribeAsync(request),
                ("PUT", null, null) => BlobWriting.PutAsync(request),
                ("PUT", null, "block") => BlockWriting.StageAsync(request),
                ("PUT", null, "blocklist") => BlockWriting.CommitAsync(request),
                ("PUT", null, "metadata") => BlobWriting.SetMetadataAsync(request),
                ("PUT", null, "properties") => BlobWriting.SetHeadersAsync(request),
                ("DELETE", null, null) => BlobWriting.DeleteAsync(request),
                _ => throw NotHere(request),
            },
            { Container: not null } => what switch
            {
                ("PUT", "container", null) => ContainerOperations.CreateAsync(request),
                ("GET" or "HEAD", "container", null or "metadata") => ContainerOperations.DescribeAsync(request),
                ("DELETE", "container", null) => ContainerOperations.DeleteAsync(request),
                ("GET", "container", "list") => BlobListing.ListAsync(request),
                _ => throw NotHere(request),
            },
            _ => what is ("GET", "service", "stats") ? ServiceStatistics.WriteAsync(request) : throw NotHere(request),
        };
    }

    private static BlobException NotHere(BlobRequest request)
    {
        var (method, kind, part) = (request.Request.Method, request.Query("restype"), request.Query("comp"));
        return method is not ("GET" or "HEAD" or "PUT" or "DELETE" or "POST")
            ? new BlobException(405, "UnsupportedHttpVerb", $"{method} is no method of this store.")
            : BlobException.NotHere("UnsupportedQueryParameter", $"{method} of {(request.Address.Blob is not null ? "a blob" : request.Address.Container is not null ? "a container" : "the account")} with restype '{kind}' and comp '{part}'");
    }

    private static async Task RefuseAsync(HttpContext http, BlobException e)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = e.Status;
        http.Response.Headers[BlobHeaderNames.ErrorCode] = e.Code;
        http.Response.Headers.Remove("Content-Length");
        if (e.Status == 304 || HttpMethods.IsHead(http.Request.Method))
            return;
        await WriteXmlAsync(http, new XElement("Error", new XElement("Code", e.Code), new XElement("Message", $"{XmlText.Clean(e.Message)}\nRequestId:{http.Response.Headers[BlobHeaderNames.RequestId]}")));
    }

    internal static async Task WriteXmlAsync(HttpContext http, XElement root)
    {
        var body = Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?>{root.ToString(SaveOptions.DisableFormatting)}");
        http.Response.ContentType = "application/xml";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger log, Exception exception, string method, PathString path);
}
