using System.Text.Json;
using Geode.Foresight.Guardrails;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Steward;

/// <summary>Where plans, orders and what became of them are written, each region in its own partition, and read: this region's own replica.</summary>
internal sealed class PlanBoard(BackplaneClients clients, GeodeOptions options, Region here, TimeProvider clock)
{
    private const int MostDecisions = 50;

    private readonly Container _activity = clients.OwnReplica.GetContainer(options.Activity);

    /// <summary>This region's partition.</summary>
    public Region Here => here;

    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task WriteAsync<T>(T document, CancellationToken cancellation) =>
        await _activity.UpsertItemAsync(document, new PartitionKey(here.Name), new() { EnableContentResponseOnWrite = false }, cancellation);

    /// <summary>All there is to be known of plans, as it has arrived here.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<BoardView> ReadAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var plans = new List<PlanDocument>();
        var orders = new List<OrdersDocument>();
        var applied = new List<AppliedDocument>();
        var torn = new List<Refusal>();
        foreach (var document in await QueryAsync(new("SELECT * FROM c WHERE c.kind IN ('plan', 'orders', 'applied')"), cancellation))
        {
            switch (Kind(document))
            {
                case PlanDocument.PlanKind:
                    Take(document, plans, torn, read => Torn(read, now));
                    break;
                case OrdersDocument.OrdersKind:
                    Take(document, orders, torn, read =>
                        read.Region is null ? "it names no region"
                        : OrdersDocument.IsPossible(read.Revision, now) ? null : $"its revision {read.Revision} is none that there can be");
                    break;
                case AppliedDocument.AppliedKind:
                    Take(document, applied, torn, read => read.Region is null ? "it names no region" : null);
                    break;
            }
        }

        return new(
            plans.MaxBy(plan => PlanStamp.Of(plan.Plan!)),
            OrdersDocument.Together(orders),
            applied, torn);
    }

    /// <summary>The latest entries of the log, newest first.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<IReadOnlyList<DecisionDocument>> DecisionsAsync(CancellationToken cancellation)
    {
        var found = new List<DecisionDocument>();
        var query = new QueryDefinition("SELECT TOP @most * FROM c WHERE c.kind = 'decision' ORDER BY c.at DESC").WithParameter("@most", MostDecisions);
        foreach (var document in await QueryAsync(query, cancellation))
            Take(document, found, [], read => read.Decisions is null ? "it has no decisions" : null);
        return [.. found.OrderByDescending(entry => entry.At)];
    }

    /// <exception cref="CosmosException">The replica failed.</exception>
    public Task<List<JsonElement>> QueryAsync(QueryDefinition query, CancellationToken cancellation) =>
        _activity.ReadAllAsync<JsonElement>(query, null, cancellation);

    private static string? Torn(PlanDocument document, DateTimeOffset now)
    {
        if (document.Plan is not { } plan)
            return "it has no plan";
        if (plan.Regions is null || plan.Places is null)
            return "its plan lacks regions or places";
        return PlanGuard.IsPossible(PlanStamp.Of(plan), now) ? null : $"its stamp {PlanStamp.Of(plan)} is none that there can be";
    }

    // What stands in the container may have been cut, or written by anybody.
    private static void Take<T>(JsonElement document, List<T> found, List<Refusal> torn, Func<T, string?> fault)
        where T : class
    {
        string? reason;
        try
        {
            var read = document.Deserialize<T>(BackplaneJson.Options);
            reason = read is null ? "it is null" : fault(read);
            if (reason is null)
                found.Add(read!);
        }
        catch (JsonException e)
        {
            reason = $"it cannot be read at {e.Path}";
        }

        if (reason is not null)
            torn.Add(new(Refusal.WholePlan, $"A {Kind(document)} document of {Region(document)} is refused: {reason}."));
    }

    private static string? Kind(JsonElement document) => new Change(document).Text("kind");

    private static string Region(JsonElement document) => new Change(document).Text("region") ?? "no region";
}

/// <param name="Plan">The readable one with the highest stamp; null: none.</param>
/// <param name="Orders">Those that count; null: none.</param>
/// <param name="Applied">What each region last made of a plan.</param>
/// <param name="Torn">Documents that were refused, and why.</param>
internal sealed record BoardView(
    PlanDocument? Plan, OrdersDocument? Orders, IReadOnlyList<AppliedDocument> Applied, IReadOnlyList<Refusal> Torn);
