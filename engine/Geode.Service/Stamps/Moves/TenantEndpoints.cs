using System.Text.Json;
using System.Text.Json.Serialization;
using Geode.Runtime.Tenants;
using Geode.Service.Backplane;
using Geode.Service.Http;
using Geode.Topology;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps.Moves;

/// <summary>Places and moves tenants, and tells where each one's data is. On a Worker, which no router leads to, and for the control API of the same
/// machine alone.</summary>
internal static class TenantEndpoints
{
    private const string Example = """{"stamp": "eu", "residency": "EU"}""";

    private static readonly JsonSerializerOptions Strict = new(BackplaneJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static void Map(WebApplication app)
    {
        var tenants = app.MapGroup("/_tenants").ForControlOnly("Tenants are placed and moved by the planet's control API only.").ExcludeFromDescription();
        tenants.MapGet("/", (TenantDirectory directory, CancellationToken cancellation) => TryAsync(async () => Json(await directory.AllAsync(cancellation))));
        tenants.MapGet("/{tenant}", ReportAsync);
        tenants.MapPut("/{tenant}", PutAsync);
        tenants.MapDelete("/{tenant}/move", CallOffAsync);
    }

    // Where it is: all replicas of all stamps are asked, and tell how much, not what.
    private static Task<IResult> ReportAsync(string tenant, TenantDirectory directory, StampPlace place, StampAccounts accounts, CancellationToken cancellation) => TryAsync(async () =>
    {
        if (await directory.FindAsync(tenant, cancellation) is not { } found)
            return Unknown(tenant);
        var replicas = await Task.WhenAll(place.Whole.Stamps.SelectMany(stamp => accounts.Of(stamp.Name).Regions.Select(region => CountAsync(stamp.Name, region))));
        return Json(new TenantReport(found.Entry, [.. replicas]));

        async Task<ReplicaReport> CountAsync(string stamp, Region region)
        {
            if (!accounts.Reaches(stamp))
                return new(stamp, region.Name, null);
            try
            {
                return new(stamp, region.Name, await TenantContent.CountAsync(accounts.Of(stamp).Replica(region), tenant, cancellation));
            }
            catch (Exception e) when (BackplaneFault.Is(e) && !cancellation.IsCancellationRequested)
            {
                return new(stamp, region.Name, null);
            }
        }
    });

    private static Task<IResult> PutAsync(string tenant, HttpRequest request, TenantDirectory directory, StampPlace place, TimeProvider clock, CancellationToken cancellation) => TryAsync(async () =>
    {
        if (!TenantName.IsLegal(tenant))
            return Bad($"'{tenant}' is no tenant; allowed are 1 to {TenantName.Longest} lower-case letters, digits and hyphens, no hyphen at an end.");
        TenantOrder? order;
        try
        {
            order = await JsonSerializer.DeserializeAsync<TenantOrder>(request.Body, Strict, cancellation);
        }
        catch (JsonException)
        {
            return Bad($"The body is not valid; expected {Example}.");
        }

        if (order is null || place.Whole.FindStamp(order.Stamp ?? "") is not { } stamp)
            return Bad($"stamp: '{order?.Stamp}' is none; there are {string.Join(", ", place.Whole.Stamps.Select(s => s.Name))}.");
        var found = await directory.FindAsync(tenant, cancellation);
        var residency = order.Residency is null ? (found is null ? stamp.Residency : found.Value.Entry.Residency) : order.Residency == "" ? null : order.Residency;
        if (!stamp.Admits(residency))
            return Conflict($"The data of '{tenant}' has to stay in {residency}, and stamp '{stamp.Name}' is {(stamp.Residency is { } its ? $"in {its}" : "anywhere")}. An empty residency lets it go.");
        if (found is not { } known)
            return await directory.TryAddAsync(new(tenant, stamp.Name, residency), cancellation) ? await ShowAsync(directory, tenant, cancellation) : Changed(tenant);
        if (known.Entry.Move is { } move)
            return Conflict($"'{tenant}' is moving from '{move.From}' to '{move.To}' ({move.Phase}); one move at a time.");
        // What it has to keep to there, it has to keep to once it is there.
        var moved = stamp.Name == known.Entry.Stamp
            ? known.Entry with { Residency = residency }
            : known.Entry with { Move = new(known.Entry.Stamp, stamp.Name, MovePhases.Copying, clock.GetUtcNow(), residency) };
        return await directory.TryReplaceAsync(moved, known.ETag, cancellation) ? await ShowAsync(directory, tenant, cancellation) : Changed(tenant);
    });

    private static Task<IResult> CallOffAsync(string tenant, TenantDirectory directory, TimeProvider clock, CancellationToken cancellation) => TryAsync(async () =>
    {
        if (await directory.FindAsync(tenant, cancellation) is not { } found)
            return Unknown(tenant);
        if (found.Entry.Move is not { } move || !MovePhases.IsBefore(move.Phase))
            return Conflict(found.Entry.Move is { } late ? $"The move of '{tenant}' is past that ({late.Phase})." : $"'{tenant}' is not moving.");
        var undone = found.Entry with { Move = move with { Phase = MovePhases.Undoing, Since = clock.GetUtcNow(), Why = "it was called off" } };
        return await directory.TryReplaceAsync(undone, found.ETag, cancellation) ? await ShowAsync(directory, tenant, cancellation) : Changed(tenant);
    });

    private static async Task<IResult> ShowAsync(TenantDirectory directory, string tenant, CancellationToken cancellation) =>
        await directory.FindAsync(tenant, cancellation) is { } found ? Json(found.Entry) : Unknown(tenant);

    private static async Task<IResult> TryAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (Exception e) when (e is CosmosException or HttpRequestException or TimeoutException)
        {
            return Results.Problem("The directory of tenants does not answer.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Json<T>(T value) => Results.Json(value, BackplaneJson.Options);

    private static IResult Bad(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    private static IResult Conflict(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status409Conflict);

    private static IResult Changed(string tenant) => Conflict($"'{tenant}' was changed at the same moment; look again.");

    private static IResult Unknown(string tenant) => Results.Problem($"No stamp has a tenant '{tenant}'.", statusCode: StatusCodes.Status404NotFound);

    private sealed record TenantOrder(string? Stamp, string? Residency);
}

/// <param name="Tenant">What the directory says.</param>
/// <param name="Replicas">Of all stamps.</param>
public sealed record TenantReport(DirectoryEntry Tenant, IReadOnlyList<ReplicaReport> Replicas);

/// <param name="Documents">Of the tenant, in that region's replica; null: it does not answer, or may not be asked from here.</param>
public sealed record ReplicaReport(string Stamp, string Region, int? Documents);
