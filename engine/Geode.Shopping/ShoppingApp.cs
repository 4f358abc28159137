using Geode.Service.Backplane;
using Geode.Service.Counters;
using Geode.Service.Http;
using Geode.Service.Idempotency;
using Geode.Service.Identity;
using Geode.Service.Sessions;
using Geode.Topology;

namespace Geode.Shopping;

/// <summary>A second service, written as its author would: shared shopping lists, edited from anywhere, in one process per region.</summary>
internal static class ShoppingApp
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddGeodeRuntime("shopping");
        builder.AddGeode()
            .AddHttpEdge()
            .AddVisitors()
            .AddSessionTravel()
            .AddIdempotency()
            .AddMesh<ListChange, ListChanges>("/hubs/lists", "lists", "items", "totals")
            .AddGlobalFeed<ItemCount>("totals", "items")
            .AddLocalFeed<Suggestions>("suggestions", "items")
            .AddConflictMerge<ShoppingList, NoteMerge>("lists", partitionKey: "list", ownedWith: "totals")
            .AddMapReduce<Wanted, Item>("wanted", "items")
            .AddJobs("wanted")
            .AddOwnRegionCounters("looks")
            .AddPlanetWatch()
            .AddWarmup((services, cancellation) => services.GetRequiredService<SessionContainers>()["lists"].ReadAsync<ShoppingList>("none", "none", cancellation));

        var app = builder.Build();
        app.UseGeodeRuntime();
        app.UseGeode();
        app.MapPost("/api/lists", MakeAsync);
        app.MapGet("/api/lists/{list}", ReadAsync);
        app.MapPut("/api/lists/{list}/note", EditAsync);
        app.MapPut("/api/lists/{list}/items/{item}", AddAsync);
        app.MapGet("/api/looks", ([FromKeyedServices("looks")] OwnRegionCounters looks, CancellationToken cancellation) => looks.SumAsync(1, cancellation));
        return app;
    }

    private static async Task<IResult> MakeAsync(
        Words request, HttpContext http, IdempotentWriter writer, SessionContainers containers, TimeProvider clock, CancellationToken cancellation)
    {
        var name = request.Text?.Trim() is { Length: > 0 } text ? text : throw new BadFieldException(new("text", "Required."));
        var fingerprint = Fingerprint.Of(http.Request, "/api/lists", name);
        var made = await writer.CreateAsync(
            containers["lists"], id => new ShoppingList(id, id, name, "", "", Instant.Now(clock), fingerprint.Hash, Trace.Parent), fingerprint,
            http.Visitor(fingerprint), cancellation);
        return made.Document is { } list ? TypedResults.Created($"/api/lists/{list.Id}", list) : Problems.NotMade(made.Outcome);
    }

    private static async Task<IResult> ReadAsync(
        string list, SessionContainers containers, [FromKeyedServices("looks")] OwnRegionCounters looks, CancellationToken cancellation)
    {
        if (await containers["lists"].ReadAsync<ShoppingList>(list, list, cancellation) is not { Value: var found })
            return Problems.NotFound("list", list);
        looks.Add([list]);
        var items = await containers["items"].InPartitionAsync<Item>(new("SELECT * FROM c ORDER BY c.id"), list, cancellation);
        var total = await containers["totals"].ReadAsync<Total>("total", list, cancellation);
        return TypedResults.Ok(new { list = found, items = items.Select(item => item.Id), counted = total?.Value.Items ?? 0 });
    }

    private static async Task<IResult> EditAsync(
        string list, Words request, SessionContainers containers, TimeProvider clock, CancellationToken cancellation)
    {
        if (await containers["lists"].ReadAsync<ShoppingList>(list, list, cancellation) is not { } stored)
            return Problems.NotFound("list", list);
        var edited = stored.Value with { Note = request.Text ?? "", Start = stored.Value.Note, At = Instant.Now(clock), Traceparent = Trace.Parent };
        return await containers["lists"].ReplaceAsync(edited, list, list, stored, cancellation) ? TypedResults.Ok(edited) : Problems.Stale();
    }

    private static Task AddAsync(
        string list, string item, SessionContainers containers, Region region, TimeProvider clock, CancellationToken cancellation) =>
        containers["items"].UpsertAsync(new Item(item, list, region.Name, Instant.Now(clock), Trace.Parent), list, cancellation);
}
