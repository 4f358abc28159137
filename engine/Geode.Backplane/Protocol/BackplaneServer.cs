using System.Globalization;
using System.Text.Json;
using Geode.Backplane.Accounts;
using Geode.Backplane.Faults;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Handlers;
using Geode.Runtime.Hosting;

namespace Geode.Backplane.Protocol;

/// <summary>The HTTP surface of one region: outage, who asks, address, may he, then the handler of the resource type.</summary>
public sealed partial class BackplaneServer(RegionNode node, RequestGuard guard, ILogger<BackplaneServer> log)
{
    /// <summary>What answers say of the service.</summary>
    public const string ServiceVersion = "version=2.14.0.0";

    public async Task HandleAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers[CosmosHeaders.ActivityId] = http.Request.Headers[CosmosHeaders.ActivityId] is [{ Length: > 0 } id, ..] ? id : Guid.NewGuid().ToString();
        headers[CosmosHeaders.ServiceVersion] = ServiceVersion;
        headers[CosmosHeaders.SubStatus] = "0";
        headers[CosmosHeaders.RequestCharge] = "1";
        try
        {
            if (HttpRules.Offence(http.Request) is { } offence)
            {
                headers.Connection = "close";
                throw new ProtocolException(offence.Status, offence.Why);
            }

            await OutageBehaviour.ApplyAsync(http, node.Outage.Mode);
            DirectMode.Refuse(http.Request.Path);
            var caller = guard.Check(http.Request);
            if (!node.IsReady)
                throw new ProtocolException(503, "The replica is still copying what its peers have.");
            var request = new BackplaneRequest(http, node, ResourcePath.Parse(RequestAddress.Of(http.Request), node.Catalog), caller);
            caller.Authorize(request);
            if (node.Writes is { } writes)
                OneWriter.Check(http.Request, node, writes);
            ContentPaths.Describe(request);
            ConsistencyRules.Check(request);
            HeaderRules.Check(request);
            await HandleAsync(request);
        }
        catch (ProtocolException e)
        {
            await RefuseAsync(http, e);
        }
        catch (FormatException e)
        {
            await RefuseAsync(http, ProtocolException.BadRequest(e.Message));
        }
        catch (BadHttpRequestException e)
        {
            // Cut short, too slow or too large: the server's own word for what the client did wrong.
            await RefuseAsync(http, new ProtocolException(e.StatusCode, e.Message));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is nobody to answer.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            LogFailed(log, e, http.Request.Method, http.Request.Path);
            await RefuseAsync(http, new ProtocolException(500, "The backplane failed on this request; its log has the reason."));
        }
    }

    private static Task HandleAsync(BackplaneRequest request) => request.Path.Type switch
    {
        _ when request.Path.Types is not ([] or ["dbs"] or ["dbs", "colls" or "users" or "clientencryptionkeys"] or ["dbs", "colls", _] or ["dbs", "users", "permissions"] or ["offers"]) =>
            throw new ProtocolException(404, $"There is no resource at '{request.Http.Request.Path}'."),
        "" => AccountHandler.HandleAsync(request),
        "dbs" => DatabaseHandler.HandleAsync(request),
        "colls" => ContainerHandler.HandleAsync(request),
        "pkranges" => PartitionKeyRangeHandler.HandleAsync(request),
        "docs" => ItemHandler.HandleAsync(request),
        "conflicts" => ConflictHandler.HandleAsync(request),
        "offers" => OfferHandler.HandleAsync(request),
        "sprocs" or "triggers" or "udfs" => ScriptHandler.HandleAsync(request),
        "users" => UserHandler.Instance.HandleAsync(request),
        "permissions" => PermissionHandler.Instance.HandleAsync(request),
        "clientencryptionkeys" => ClientEncryptionKeyHandler.Instance.HandleAsync(request),
        "operations" => OperationsHandler.HandleAsync(request),
        _ => throw new ProtocolException(404, $"There is no resource type '{request.Path.Type}'."),
    };

    private static async Task RefuseAsync(HttpContext http, ProtocolException e)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = e.Status;
        http.Response.Headers[CosmosHeaders.SubStatus] = e.SubStatus.ToString(CultureInfo.InvariantCulture);
        if (e.RetryAfter is { } after)
            http.Response.Headers[CosmosHeaders.RetryAfterMs] = ((long)after.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        if (e.Status is 304 or 204)
            return;
        var message = $"{e.Message}\r\nActivityId: {http.Response.Headers[CosmosHeaders.ActivityId]}";
        var body = e.AdditionalInfo is { } additional
            ? JsonSerializer.SerializeToUtf8Bytes(new { code = e.Code, message, additionalErrorInfo = additional })
            : JsonSerializer.SerializeToUtf8Bytes(new { code = e.Code, message });
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger log, Exception exception, string method, PathString path);
}
