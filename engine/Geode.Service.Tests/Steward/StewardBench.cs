using System.Text.Json;
using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;
using Geode.Runtime.Health;
using Geode.Service.Hosting;
using Geode.Service.Planets;
using Geode.Service.Steward;
using Geode.Topology;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Geode.Service.Tests.Steward;

/// <summary>The parts of a steward on a real replica, in a container of its own kind of documents, with actions that are written down only.</summary>
internal sealed class StewardBench : IPlanActions
{
    private readonly Container _activity;
    private readonly ShoppingPlanet _planet;

    private StewardBench(ShoppingPlanet planet, Planet shape)
    {
        _planet = planet;
        Here = shape.Regions[0];
        Shape = shape;
        Place = new(shape, new ConfigurationBuilder().AddInMemoryCollection([new(ControlAddress.Setting, "http://127.0.0.1:9")]).Build());
        var clients = planet.Clients(planet.Here);
        _activity = clients.OwnReplica.GetContainer(new GeodeOptions().Activity);
        Board = new(clients, new(), Here, TimeProvider.System);
        Reports = new(Board, new NoPlaces(), Place, TimeProvider.System);
        Orders = new(Board, shape, TimeProvider.System);
        Applier = new(Board, Reports, Place, this, Here, new FirstReady(TimeProvider.System), TimeProvider.System, NullLogger<PlanApplier>.Instance);
    }

    public Planet Shape { get; }

    public Region Here { get; }

    public StewardPlace Place { get; }

    public PlanBoard Board { get; }

    public PlanetReports Reports { get; }

    public Orders Orders { get; }

    public PlanApplier Applier { get; }

    /// <summary>What was done, in order.</summary>
    public List<string> Done { get; } = [];

    /// <summary>With which message actions fail; null: none does.</summary>
    public string? Failure { get; set; }

    /// <summary>How what fails begins: <c>floor</c>, <c>steer</c>; all by default.</summary>
    public string FailureOf { get; set; } = "";

    /// <param name="planet">Whose replica it works on.</param>
    /// <param name="change">What is to be different about the planet.</param>
    public static async Task<StewardBench> StartAsync(ShoppingPlanet planet, Func<Planet, Planet>? change = null)
    {
        var bench = new StewardBench(planet, (change ?? (shape => shape))(planet.Planet with { Scale = new(LocalMost: 7) }));
        foreach (var document in await bench.Board.QueryAsync(new("SELECT c.id, c.region FROM c WHERE c.kind IN ('plan', 'orders', 'applied', 'decision', 'load')"), default))
            await bench._activity.DeleteItemAsync<object>(document.GetProperty("id").GetString(), new(document.GetProperty("region").GetString()));
        return bench;
    }

    /// <summary>All regions have just said that they are well.</summary>
    public async Task ReportAsync(params IReadOnlyList<Region> regions)
    {
        foreach (var region in regions.Count > 0 ? regions : Shape.Regions)
        {
            await PutAsync(
                region,
                new
                {
                    id = "api:test",
                    region = region.Name,
                    kind = "api",
                    at = DateTimeOffset.UtcNow,
                    ttl = 60,
                    traffic = new TrafficView(10, 5, 20, 0, 1),
                });
        }
    }

    /// <summary>A plan as a steward would make it now.</summary>
    public PlanetPlan Plan(long fence, long number, int instances = 2, params IReadOnlyList<PlacePlan> places)
    {
        var now = DateTimeOffset.UtcNow;
        return new(fence, number, now, now, Shape.Regions.Count, [.. Shape.Regions.Select(r => new RegionPlan(r.Name, instances, false, new(10, 8, 12), 100, 1, []))], places);
    }

    /// <summary>Writes it as the steward of that region.</summary>
    public Task PostAsync(PlanetPlan plan, Region? from = null)
    {
        var region = from ?? Shape.Regions[1];
        return PutAsync(region, new PlanDocument("plan", region.Name, PlanDocument.PlanKind, "test", DateTimeOffset.UtcNow, plan, null, 60));
    }

    /// <summary>Writes any document.</summary>
    public Task PutAsync(Region region, object document) => _activity.UpsertItemAsync(document, new PartitionKey(region.Name));

    /// <summary>Writes any JSON as the plan of a region.</summary>
    public async Task PutPlanAsync(Region region, string planJson)
    {
        using var stream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = "plan",
            region = region.Name,
            kind = "plan",
            holder = "test",
            since = DateTimeOffset.UtcNow,
            plan = JsonSerializer.Deserialize<JsonElement>(planJson),
            ttl = 60,
        }));
        using var answer = await _activity.UpsertItemStreamAsync(stream, new(region.Name));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What this region made of the plan last.</summary>
    public async Task<AppliedDocument?> AppliedAsync() => (await Board.ReadAsync(default)).Applied.FirstOrDefault(applied => applied.Region == Here.Name);

    public Task ApplyFloorAsync(string region, int instances, PlanStamp stamp, CancellationToken cancellation) => Do($"floor {region} {instances} {stamp}");

    public Task ApplySteeringAsync(IReadOnlyList<PlacePlan> places, IReadOnlyList<string> drained, PlanStamp stamp, CancellationToken cancellation) =>
        Do(FormattableString.Invariant($"steer [{string.Join("; ", places.Select(place => $"{place.Place} {string.Join(",", place.Shares.OrderBy(share => share.Key).Select(share => FormattableString.Invariant($"{share.Key} {share.Value:0.##}")))}"))}] [{string.Join(",", drained)}] {stamp}"));

    public Task UndoAsync(CancellationToken cancellation) => Do("undo");

    private Task Do(string what)
    {
        if (Failure is { } failure && what.StartsWith(FailureOf, StringComparison.Ordinal))
            throw new PlanActionException(failure);
        Done.Add(what);
        return Task.CompletedTask;
    }
}
