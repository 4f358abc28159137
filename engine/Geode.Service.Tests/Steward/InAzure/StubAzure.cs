using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Geode.Service.Steward.InAzure;
using Microsoft.AspNetCore.Hosting;

namespace Geode.Service.Tests.Steward.InAzure;

/// <summary>Azure's API on loopback, as far as its REST reference describes the two resources that plans change. It answers Azure's real
/// client, which asks for Azure's real address.</summary>
internal sealed class StubAzure : IAsyncDisposable
{
    public const string App = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-it-eastus/providers/Microsoft.App/containerApps/api";
    public const string Origin = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-it-global/providers/Microsoft.Cdn/profiles/afd-it/originGroups/geodes/origins/eastus";

    private readonly WebApplication _server;

    private StubAzure(WebApplication server) => _server = server;

    /// <summary>The container app, as Azure shows it.</summary>
    public JsonObject AppBody { get; } = Parse($$"""
        {
          "id": "{{App}}", "name": "api", "type": "Microsoft.App/containerApps", "location": "East US", "tags": { "geode-region": "eastus" },
          "properties": {
            "provisioningState": "Succeeded", "latestRevisionName": "api--r1", "latestReadyRevisionName": "api--r1",
            "configuration": { "activeRevisionsMode": "Single" },
            "template": {
              "revisionSuffix": "r1",
              "containers": [{ "name": "api", "image": "registry/api:1" }],
              "scale": { "minReplicas": 1, "maxReplicas": 10 }
            }
          }
        }
        """);

    /// <summary>The origin, as Azure shows it.</summary>
    public JsonObject OriginBody { get; } = Parse($$"""
        {
          "id": "{{Origin}}", "name": "eastus", "type": "Microsoft.Cdn/profiles/originGroups/origins",
          "properties": {
            "hostName": "api.east.example", "priority": 1, "weight": 1000, "enabledState": "Enabled",
            "provisioningState": "Succeeded", "deploymentStatus": "NotStarted"
          }
        }
        """);

    public JsonObject AppProperties => (JsonObject)AppBody["properties"]!;

    public JsonObject OriginProperties => (JsonObject)OriginBody["properties"]!;

    public int Least => (int?)AppProperties["template"]!["scale"]!["minReplicas"] ?? 0;

    /// <summary>What was asked: <c>PATCH app</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Bodies of changes.</summary>
    public ConcurrentQueue<JsonObject> Changes { get; } = new();

    /// <summary>Answers in place of Azure when it gives something.</summary>
    public Func<HttpRequest, (int Status, string Code, string Message, string? RetryAfter)?> Fault { get; set; } = _ => null;

    /// <summary>Tags of versions, as services that have them give; null: none.</summary>
    public string? Tag { get; set; }

    /// <summary>Whether a change is done when it is answered (200), or goes on (202) until <see cref="Finish"/>.</summary>
    public bool AtOnce { get; set; } = true;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_server.Urls.Single());

    /// <param name="certificate">It speaks HTTPS with this one; null: HTTP.</param>
    public static async Task<StubAzure> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var server = builder.Build();
        var azure = new StubAzure(server);
        server.Run(azure.AnswerAsync);
        await server.StartAsync();
        return azure;
    }

    /// <summary>Azure's client with an identity that is known here.</summary>
    public global::Azure.ResourceManager.ArmClient Client() => AzurePlanActions.Client(
        new KnownIdentity(), options => options.Transport = new HttpClientTransport(new ToLoopback(Address)));

    public void Finish(string state = "Succeeded")
    {
        foreach (var properties in (JsonObject[])[AppProperties, OriginProperties])
            properties["provisioningState"] = state;
        if (state == "Succeeded")
            AppProperties["latestReadyRevisionName"] = (string)AppProperties["latestRevisionName"]!;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var isApp = string.Equals(request.Path, App, StringComparison.OrdinalIgnoreCase);
        Asked.Enqueue($"{request.Method} {(isApp ? "app" : request.Path == Origin ? "origin" : request.Path)}");
        var refusal = Fault(request)
            ?? (request.Headers.Authorization != "Bearer known" ? (401, "InvalidAuthenticationToken", "The access token is invalid.", null)
            : request.Query["api-version"] != (isApp ? "2025-01-01" : "2025-06-01") ? (400, "InvalidApiVersionParameter", "The api-version is invalid.", null)
            : !isApp && request.Path != Origin ? (404, "ResourceNotFound", "The resource was not found.", null)
            : request.Headers.IfMatch.Count > 0 && request.Headers.IfMatch != Tag ? (412, "PreconditionFailed", "The resource was changed.", null)
            : ((int, string, string, string?)?)null);
        if (refusal is { } fault)
            await RefuseAsync(context.Response, fault);
        else if (request.Method == "PATCH")
            await PatchAsync(context, isApp);
        else
            await WriteAsync(context.Response, isApp ? AppBody : OriginBody);
    }

    private async Task PatchAsync(HttpContext context, bool isApp)
    {
        var change = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        Changes.Enqueue((JsonObject)change.DeepClone());
        if (Tag is not null)
            Tag = $"\"{Guid.NewGuid():N}\"";
        // As Azure: a revision's name that was given before makes no revision, and nobody is told.
        if (isApp && change["properties"]?["template"] is JsonObject template)
        {
            var suffix = (string?)template["revisionSuffix"] ?? (string)AppProperties["template"]!["revisionSuffix"]!;
            if ($"api--{suffix}" == (string)AppProperties["latestRevisionName"]!)
                change = [];
            else
                AppProperties["latestRevisionName"] = $"api--{suffix}";
        }
        Merge(isApp ? AppBody : OriginBody, change);
        if (AtOnce)
        {
            Finish();
        }
        else
        {
            (isApp ? AppProperties : OriginProperties)["provisioningState"] = isApp ? "InProgress" : "Updating";
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers["Azure-AsyncOperation"] = "https://management.azure.com/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.App/locations/eastus/containerappOperationStatuses/1?api-version=2025-01-01";
            context.Response.Headers.Location = "https://management.azure.com/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.App/locations/eastus/containerappOperationResults/1?api-version=2025-01-01";
        }
        await WriteAsync(context.Response, isApp ? AppBody : OriginBody);
    }

    private Task WriteAsync(HttpResponse response, JsonObject body)
    {
        if (Tag is not null)
            response.Headers.ETag = Tag;
        response.ContentType = "application/json; charset=utf-8";
        return response.WriteAsync(body.ToJsonString());
    }

    private static Task RefuseAsync(HttpResponse response, (int Status, string Code, string Message, string? RetryAfter) fault)
    {
        response.StatusCode = fault.Status;
        if (fault.RetryAfter is not null)
            response.Headers.RetryAfter = fault.RetryAfter;
        response.ContentType = "application/json; charset=utf-8";
        return response.WriteAsync(new JsonObject { ["error"] = new JsonObject { ["code"] = fault.Code, ["message"] = fault.Message } }.ToJsonString());
    }

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;

    // RFC 7386.
    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inner && target[name] is JsonObject known)
                Merge(known, inner);
            else if (value is null)
                target.Remove(name);
            else
                target[name] = value.DeepClone();
        }
    }

    private sealed class ToLoopback(Uri server) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("https://management.azure.com", request.RequestUri!.GetLeftPart(UriPartial.Authority));
            request.RequestUri = new Uri(server, request.RequestUri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class KnownIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            // The audience ends with a slash.
            Assert.Equal(["https://management.azure.com//.default"], requestContext.Scopes);
            return new("known", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
