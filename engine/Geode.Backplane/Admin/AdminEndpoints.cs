using System.Text.Json;
using System.Text.Json.Serialization;
using Geode.Backplane.Accounts;
using Geode.Backplane.Faults;
using Geode.Backplane.Hosting;
using Geode.Backplane.Replication;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Snapshots;

namespace Geode.Backplane.Admin;

/// <summary><c>/_backplane</c> on the account port: health, status, faults, and the pull of the peers.</summary>
public static class AdminEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static void MapBackplaneAdmin(this IEndpointRouteBuilder endpoints, BackplaneHost host)
    {
        var group = endpoints.MapGroup("/_backplane");
        group.MapGet("/health", (HttpContext http) => Health(At(http).Node, host.Directory));
        group.MapGet("/status", (HttpContext http) => Results.Json(ReplicaStatus.Of(At(http)), Json));
        group.MapPost("/pull", (HttpContext http) => PullAsync(http, At(http)));
        group.MapGet("/vector", (HttpContext http) => Results.Bytes(Encode(At(http).Node.Replica.Durable), "application/octet-stream"));
        group.MapGet("/regions", (HttpContext http) => RegionsOf(At(http).Node));
        group.MapPut("/regions", (Delegate)((HttpContext http) => RegionsChange.ApplyAsync(http, host, At(http).Node)));
        group.MapGet("/news", (HttpContext http) => Results.Json(RegionNews.Of(At(http).Node)));
        group.MapGet("/failover", (HttpContext http) => FailoverChange.Show(At(http).Node));
        group.MapPut("/failover", (HttpContext http, FailoverChange change) => change.Apply(At(http).Node));
        group.MapPost("/compact", async (HttpContext http) =>
        {
            await At(http).Node.Replica.CompactAsync();
            return Results.Json(ReplicaStatus.Of(At(http)), Json);
        });
        group.MapGet("/seed", (HttpContext http) => SeedAsync(http, At(http)));
        group.MapPut("/outage", (HttpContext http, OutageChange change) => SetOutage(At(http), change));
        group.MapPut("/links/{from}/{to}", (HttpContext http, string from, string to, LinkChange change) => LinkChange.Apply(At(http), from, to, change));
        if (host.Regions.Exists(r => r.Blobs is not null))
        {
            group.MapPost("/attachments-resume", (HttpContext http) => At(http).Blobs!.Resume());
            group.MapMethods("/attachments/{account}", [HttpMethods.Get, HttpMethods.Post], (HttpContext http, string account) => At(http).Blobs!.ReplicateAsync(http, account));
        }

        BackplaneRegion At(HttpContext http) => host.OnPort(http.Connection.LocalPort);
    }

    private static IResult SetOutage(BackplaneRegion region, OutageChange change)
    {
        var modes = Enum.GetValues<OutageMode>().ToDictionary(m => JsonNamingPolicy.KebabCaseLower.ConvertName(m.ToString()));
        if (change.Mode is null || !modes.TryGetValue(change.Mode, out var mode))
            return Results.Json(new { error = $"mode: '{change.Mode}' is not one of {string.Join(", ", modes.Keys)}." }, statusCode: 400);
        region.Node.Outage.Mode = mode;
        return Results.Json(new { region = region.Node.Region.Name, outage = change.Mode });
    }

    // Whoever starts the process waits for this one address, and counts on the directory too.
    private static IResult Health(RegionNode node, BackplaneHost? directory)
    {
        var isDirectoryReady = directory?.Regions.Find(r => r.Node.Region.Name == node.Region.Name) is not { Node.IsReady: false };
        var status = !node.IsReady ? "copying" : isDirectoryReady ? "healthy" : "copying the directory";
        return Results.Json(new { status, region = node.Region.Name }, statusCode: node.IsReady && isDirectoryReady ? 200 : 503);
    }

    internal static IResult RegionsOf(RegionNode node) => Results.Json(new { version = node.Version, regions = node.Planet.RegionNames }, Json);

    private static byte[] Encode(VersionVector vector)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        CommitCodec.WriteVector(output, vector);
        return output.WrittenSpan.ToArray();
    }

    private static async Task SeedAsync(HttpContext http, BackplaneRegion region)
    {
        var state = await region.Node.Replica.SaveAsync();
        using var body = new MemoryStream();
        SnapshotWriter.Write(body, state);
        http.Response.ContentType = "application/octet-stream";
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
    }

    private static async Task PullAsync(HttpContext http, BackplaneRegion region)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        try
        {
            var answer = await region.Replicator.Source.AnswerAsync(PullRequest.Decode(body.ToArray()), http.RequestAborted);
            http.Response.ContentType = "application/octet-stream";
            await http.Response.Body.WriteAsync(answer.Encode(), http.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(new { error = $"The body is not a pull request: {e.Message}" }, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The peer went away; it will ask again.
        }
    }
}

/// <param name="Mode">In kebab case: <c>none</c>, <c>write-forbidden</c>, …</param>
public sealed record OutageChange(string? Mode);
